//! Boosted regression trees (Friedman 2001): what the measures of an expert say together and no sum of their parts can.
//!
//! They stand beside the terms of a [`super::Head`] and were fitted on what those leave. A leaf's value is told apart into the parts
//! of the inputs: going down, each branch moves the mean of the training rows that reach it, and the move is the part of the input
//! that was asked there (Saabas 2014; Palczewska et al. 2013). Values are whole numbers of [`STEPS`], so that the parts add up to
//! the score to the bit.

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

    /// The sum of the trees before anything is asked, in units of the raw score.
    #[must_use]
    pub fn root(&self) -> f64 {
        let roots = self.trees.iter().filter_map(|tree| tree.first());
        roots.map(|root| i64::from(root.value)).sum::<i64>() as f64 / STEPS
    }

    /// What each input adds to [`Self::root`], given the terms' values and the n-gram score. Cost: as [`Self::raw`].
    #[must_use]
    pub fn parts(&self, values: &[Option<f64>], ngram: Option<f64>) -> Vec<f64> {
        let bins = self.bins(values, ngram);
        let mut parts = vec![0_i64; self.cuts.len()];
        for tree in &self.trees {
            walk(tree, &bins, |input, moved| {
                if let Some(part) = parts.get_mut(input) {
                    *part += i64::from(moved);
                }
            });
        }
        parts.into_iter().map(|part| part as f64 / STEPS).collect()
    }

    /// The sum of the trees, in units of the raw score. Cost: a walk of a few steps for each tree; [`super::forest`] is
    /// faster.
    #[must_use]
    pub fn raw(&self, values: &[Option<f64>], ngram: Option<f64>) -> f64 {
        let bins = self.bins(values, ngram);
        let leaf = |tree: &Vec<Node>| {
            tree.get(walk(tree, &bins, |_, _| ()))
                .map_or(0, |leaf| i64::from(leaf.value))
        };
        self.trees.iter().map(leaf).sum::<i64>() as f64 / STEPS
    }

    fn bins(&self, values: &[Option<f64>], ngram: Option<f64>) -> Vec<Option<u16>> {
        let inputs = values.iter().copied().chain([ngram]);
        let inputs = self.cuts.iter().zip(inputs);
        inputs.map(|(cuts, value)| bin(cuts, value)).collect()
    }
}

/// Goes down a tree, telling the input that was asked at each branch and how far it moved the value; returns the leaf's index.
pub fn walk(tree: &[Node], bins: &[Option<u16>], mut moved: impl FnMut(usize, i32)) -> usize {
    let mut at = 0;
    while let Some(node) = tree.get(at).filter(|node| node.right > 0) {
        let input = usize::from(node.input);
        let left = match bins.get(input).copied().flatten() {
            Some(bin) => bin <= node.cut,
            None => node.none_left,
        };
        let next = if left { at + 1 } else { usize::from(node.right) };
        let Some(child) = tree.get(next) else { break };
        moved(input, child.value.saturating_sub(node.value));
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Below 2: 100; from 2 on it depends on the second input: -300 below 0, else 500. 0.0200 at the root.
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
    fn the_parts_of_the_inputs_add_up_to_the_leaf() {
        let trees = trees();
        assert!(trees.sound(1) && trees.sound(2) && !trees.sound(3) && !trees.sound(0));
        assert_eq!(trees.parts(&[Some(1.9)], Some(7.0)), [-0.01, 0.0]);
        assert_eq!(trees.parts(&[Some(2.0)], Some(-1.0)), [0.005, -0.055]);
        assert!((trees.raw(&[Some(2.0)], Some(0.0)) - 0.05).abs() < 1e-12);
    }

    #[test]
    fn an_unmeasurable_value_goes_where_it_went_in_training() {
        assert_eq!(trees().parts(&[None], Some(1.0)), [-0.01, 0.0]);
        assert_eq!(trees().parts(&[Some(3.0)], None), [0.005, 0.025]);
        assert_eq!(trees().parts(&[Some(f64::NAN)], None), [-0.01, 0.0]);
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
