//! Boosted regression trees (Friedman 2001): what the measures of an expert say together and no sum of their parts can.
//!
//! They stand beside the terms of a [`super::Head`] and were fitted on what those leave. A leaf's value is told apart into the parts
//! of the inputs: going down, each branch moves the mean of the training rows that reach it, and the move is the part of the input
//! that was asked there (Saabas 2014; Palczewska et al. 2013). Values are whole numbers of [`STEPS`], so that the parts add up to
//! the score without rounding. This is how trees are stored; [`super::forest`] scores with them.

use serde::{Deserialize, Serialize};

/// Steps of a node's value in one unit of the raw score.
pub const STEPS: f64 = 10_000.0;

/// Trees on the terms of a head, in their order, and behind these, if there is one input more, its n-gram score.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Trees {
    /// For each input the values at which it is cut, ascending.
    pub cuts: Vec<Vec<f64>>,
    /// The trees; their values add up.
    pub trees: Vec<Vec<Node>>,
    /// Mean part of each input among the human training rows: evidence is told against it.
    pub usual: Vec<f64>,
}

/// A node of a tree. Its left child is the next node; `right` is 0 for a leaf, which asks nothing. As five numbers in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "(i32, u16, u16, u8, u16)", into = "(i32, u16, u16, u8, u16)")]
pub struct Node {
    /// Mean value of the training rows that reach it, in [`STEPS`].
    pub value: i32,
    /// Index of the input that is asked.
    pub input: u16,
    /// Index of the cut: what lies below it goes left.
    pub cut: u16,
    /// Whether an unmeasurable value goes left.
    pub none_left: bool,
    /// Index of the right child, or 0.
    pub right: u16,
}

impl From<(i32, u16, u16, u8, u16)> for Node {
    fn from((value, input, cut, none_left, right): (i32, u16, u16, u8, u16)) -> Self {
        Self {
            value,
            input,
            cut,
            none_left: none_left != 0,
            right,
        }
    }
}

impl From<Node> for (i32, u16, u16, u8, u16) {
    fn from(node: Node) -> Self {
        let none_left = u8::from(node.none_left);
        (node.value, node.input, node.cut, none_left, node.right)
    }
}

/// The bin of a value: the number of cuts at or below it; `None` for an unmeasurable one.
#[must_use]
pub fn bin(cuts: &[f64], value: Option<f64>) -> Option<u16> {
    let value = value.filter(|value| !value.is_nan())?;
    u16::try_from(cuts.partition_point(|&cut| cut <= value)).ok()
}

impl Trees {
    /// Whether every node asks an input and a cut that there are and leads on to later nodes of its tree, so that every walk ends.
    #[must_use]
    pub fn sound(&self, terms: usize) -> bool {
        let inputs = self.cuts.len();
        let node = |tree: &[Node], at: usize, node: &Node| {
            let asks = self
                .cuts
                .get(usize::from(node.input))
                .is_some_and(|cuts| usize::from(node.cut) < cuts.len());
            let right = usize::from(node.right);
            node.right == 0 || (asks && right > at + 1 && right < tree.len())
        };
        let ascending =
            |cuts: &Vec<f64>| cuts.is_sorted_by(|a, b| a < b) && cuts.iter().all(|cut| cut.is_finite());
        (terms..=terms + 1).contains(&inputs)
            && self.usual.len() == inputs
            && self.usual.iter().all(|usual| usual.is_finite())
            && self.cuts.iter().all(ascending)
            && self
                .trees
                .iter()
                .all(|tree| !tree.is_empty() && tree.iter().enumerate().all(|(at, n)| node(tree, at, n)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trees() -> Trees {
        let leaf = |value| Node {
            value,
            ..Node::default()
        };
        let branch = |value, input, right, none_left| Node {
            value,
            input,
            cut: 0,
            none_left,
            right,
        };
        Trees {
            cuts: vec![vec![2.0], vec![0.0]],
            trees: vec![vec![
                branch(200, 0, 2, true),
                leaf(100),
                branch(250, 1, 4, false),
                leaf(-300),
                leaf(500),
            ]],
            usual: vec![0.0; 2],
        }
    }

    #[test]
    fn there_is_an_input_a_term_and_at_most_one_more() {
        let sound = [0, 1, 2, 3].map(|terms| trees().sound(terms));
        assert_eq!(sound, [false, true, true, false]);
    }

    #[test]
    fn a_node_that_leads_back_or_asks_what_is_not_there_is_refused() {
        let changed = |at: usize, change: &dyn Fn(&mut Node)| {
            let mut trees = trees();
            change(&mut trees.trees[0][at]);
            trees.sound(2)
        };
        assert!(changed(0, &|_| ()));
        assert!(!changed(0, &|node| node.right = 5));
        assert!(!changed(2, &|node| node.right = 2));
        assert!(!changed(2, &|node| node.input = 2));
        assert!(!changed(0, &|node| node.cut = 1));
    }

    #[test]
    fn a_node_is_five_numbers_in_the_file() {
        let node = trees().trees[0][0];
        let text = serde_json::to_string(&node).unwrap();
        assert_eq!(text, "[200,0,0,1,2]");
        assert_eq!(serde_json::from_str::<Node>(&text).unwrap(), node);
    }
}
