//! Trees made ready for scoring.
//!
//! Walking down a thousand trees costs a missed branch at most steps. Here the branches of all trees stand by the input that they ask,
//! in the order of their cuts, each with the leaves that it rules out if the text goes right; what remains leftmost of a tree is its
//! leaf (QuickScorer; Lucchese et al. 2015). A leaf knows the moves of its path, so that evidence costs no walk either.

use super::trees::{Node, STEPS, Trees, bin};

/// Most leaves of a tree: a bit each.
pub const MOST_LEAVES: usize = 32;

/// Trees, ready.
#[derive(Debug, Clone, Default)]
pub struct Forest {
    /// For each input its cuts and its branches.
    inputs: Vec<Input>,
    /// For each tree a bit for every leaf.
    all: Vec<u32>,
    /// For each tree the index of its first leaf.
    first: Vec<u32>,
    /// Of each leaf.
    values: Vec<i32>,
    /// For each leaf where its path begins among the moves, and behind the last one where that ends.
    paths: Vec<u32>,
    /// The paths of the leaves, one after another: input and how far it moved the value.
    moves: Vec<(u16, i32)>,
    /// The sum of the trees before anything is asked.
    root: f64,
    /// What each input usually adds.
    usual: Vec<f64>,
}

#[derive(Debug, Clone, Default)]
struct Input {
    cuts: Vec<f64>,
    /// By cut.
    branches: Vec<Branch>,
    /// For each bin how many branches a value in it goes right at: the first ones.
    right: Vec<u32>,
    /// The branches at which an unmeasurable value goes right.
    none_right: Vec<Branch>,
}

#[derive(Debug, Clone, Copy)]
struct Branch {
    cut: u16,
    tree: u16,
    /// The leaves that remain if the text goes right.
    remain: u32,
}

impl Forest {
    /// Makes the trees of a head with so many terms ready; `None` if they are not sound, or a tree has more than [`MOST_LEAVES`] leaves.
    #[must_use]
    pub fn of(trees: &Trees, terms: usize) -> Option<Self> {
        if !trees.sound(terms) {
            return None;
        }
        let inputs = trees.cuts.iter().map(|cuts| Input {
            cuts: cuts.clone(),
            ..Input::default()
        });
        let roots = trees.trees.iter().filter_map(|tree| tree.first());
        let root: i64 = roots.map(|root| i64::from(root.value)).sum();
        let mut forest = Self {
            inputs: inputs.collect(),
            root: root as f64 / STEPS,
            usual: trees.usual.clone(),
            ..Self::default()
        };
        for (number, tree) in trees.trees.iter().enumerate() {
            let first = forest.values.len();
            forest.lay(tree, 0, u16::try_from(number).ok()?, first, &mut Vec::new())?;
            forest.first.push(u32::try_from(first).ok()?);
            forest.all.push(ones(forest.values.len() - first));
        }
        forest.paths.push(u32::try_from(forest.moves.len()).ok()?);
        for input in &mut forest.inputs {
            input.branches.sort_by_key(|branch| branch.cut);
            let below = |bin: usize| {
                let right = |branch: &Branch| usize::from(branch.cut) < bin;
                input.branches.partition_point(right) as u32
            };
            input.right = (0..=input.cuts.len()).map(below).collect();
        }
        Some(forest)
    }

    /// Lays out what is below a node, given the path to it.
    fn lay(
        &mut self,
        tree: &[Node],
        at: usize,
        number: u16,
        first: usize,
        path: &mut Vec<(u16, i32)>,
    ) -> Option<()> {
        let node = *tree.get(at)?;
        if node.right == 0 {
            self.paths.push(u32::try_from(self.moves.len()).ok()?);
            let start = self.moves.len();
            for &(input, moved) in path.iter() {
                // An input that is asked twice has one part.
                match self.moves.iter_mut().skip(start).find(|(own, _)| *own == input) {
                    Some((_, sum)) => *sum = sum.saturating_add(moved),
                    None => self.moves.push((input, moved)),
                }
            }
            self.values.push(node.value);
            return (self.values.len() - first <= MOST_LEAVES).then_some(());
        }
        let mut below = |forest: &mut Self, child: usize| {
            let moved = tree.get(child)?.value.saturating_sub(node.value);
            path.push((node.input, moved));
            forest.lay(tree, child, number, first, path)?;
            path.pop();
            Some(())
        };
        let before = self.values.len() - first;
        below(self, at + 1)?;
        let left = ones(self.values.len() - first) & !ones(before);
        below(self, usize::from(node.right))?;
        let branch = Branch {
            cut: node.cut,
            tree: number,
            remain: !left,
        };
        let input = self.inputs.get_mut(usize::from(node.input))?;
        input.branches.push(branch);
        if !node.none_left {
            input.none_right.push(branch);
        }
        Some(())
    }

    /// The leaf of each tree, given the terms' values and the n-gram score. Cost: an operation for every branch that goes right.
    #[must_use]
    pub fn leaves(&self, values: &[Option<f64>], ngram: Option<f64>) -> Vec<u32> {
        let mut remain = self.all.clone();
        let mut rule_out = |branches: &[Branch]| {
            for branch in branches {
                if let Some(leaves) = remain.get_mut(usize::from(branch.tree)) {
                    *leaves &= branch.remain;
                }
            }
        };
        for (input, value) in self.inputs.iter().zip(values.iter().copied().chain([ngram])) {
            match bin(&input.cuts, value) {
                Some(bin) => {
                    let right = input
                        .right
                        .get(usize::from(bin))
                        .map_or(0, |right| *right as usize);
                    rule_out(input.branches.get(..right).unwrap_or_default());
                }
                None => rule_out(&input.none_right),
            }
        }
        let leaf = |(first, leaves): (&u32, u32)| first + leaves.trailing_zeros();
        self.first.iter().zip(remain).map(leaf).collect()
    }

    /// The sum of some leaves, one of each tree, in units of the raw score.
    #[must_use]
    pub fn raw(&self, leaves: &[u32]) -> f64 {
        let value = |&leaf: &u32| {
            self.values
                .get(leaf as usize)
                .map_or(0, |&value| i64::from(value))
        };
        leaves.iter().map(value).sum::<i64>() as f64 / STEPS
    }

    /// What each input adds to the root on the way to some leaves, one of each tree.
    #[must_use]
    pub fn parts(&self, leaves: &[u32]) -> Vec<f64> {
        let mut parts = vec![0_i64; self.inputs.len()];
        let path = |&leaf: &u32| {
            let ends = self.paths.get(leaf as usize..)?.first_chunk::<2>()?;
            self.moves.get(ends[0] as usize..ends[1] as usize)
        };
        for path in leaves.iter().filter_map(path) {
            for &(input, moved) in path {
                if let Some(part) = parts.get_mut(usize::from(input)) {
                    *part += i64::from(moved);
                }
            }
        }
        parts.into_iter().map(|part| part as f64 / STEPS).collect()
    }

    /// [`Self::parts`] against what each input usually adds.
    #[must_use]
    pub fn told(&self, leaves: &[u32]) -> Vec<f64> {
        let parts = self.parts(leaves).into_iter().zip(&self.usual);
        parts.map(|(part, usual)| part - usual).collect()
    }

    /// The sum of the trees if every input adds what it usually does.
    #[must_use]
    pub fn usual(&self) -> f64 {
        self.root + self.usual.iter().sum::<f64>()
    }
}

/// So many ones from the lowest bit on.
fn ones(count: usize) -> u32 {
    u32::MAX
        .checked_shr(u32::BITS.saturating_sub(count as u32))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree of a random shape over two inputs of nine cuts, from a few numbers; it begins at this index.
    fn tree(numbers: &mut impl Iterator<Item = u32>, at: u16, depth: usize) -> Vec<Node> {
        let mut next = || numbers.next().unwrap();
        let mut node = Node {
            value: next() as i32 % 1000 - 500,
            input: (next() % 2) as u16,
            cut: (next() % 9) as u16,
            none_left: next() % 2 == 0,
            right: 0,
        };
        if depth == 0 || next() % 5 == 0 {
            return vec![node];
        }
        let left = tree(numbers, at + 1, depth - 1);
        node.right = at + 1 + left.len() as u16;
        let right = tree(numbers, node.right, depth - 1);
        [vec![node], left, right].concat()
    }

    fn trees() -> Trees {
        let mut state = 7_u64;
        let mut numbers = std::iter::from_fn(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            Some((state >> 40) as u32)
        });
        Trees {
            cuts: vec![(1..10).map(f64::from).collect(); 2],
            trees: (0..50).map(|_| tree(&mut numbers, 0, 5)).collect(),
            usual: vec![0.0; 2],
        }
    }

    /// The leaf of a tree and what each input moved, step by step.
    fn walk(tree: &[Node], cuts: &[Vec<f64>], values: [Option<f64>; 2]) -> (i32, [i32; 2]) {
        let (mut at, mut moved) = (0, [0; 2]);
        while tree[at].right > 0 {
            let node = tree[at];
            let input = usize::from(node.input);
            let cut = cuts[input][usize::from(node.cut)];
            let left = values[input].map_or(node.none_left, |value| value < cut);
            at = if left { at + 1 } else { usize::from(node.right) };
            moved[input] += tree[at].value - node.value;
        }
        (tree[at].value, moved)
    }

    #[test]
    fn a_forest_finds_the_leaves_that_a_walk_finds_and_their_paths() {
        let trees = trees();
        assert!(trees.trees.iter().any(|tree| tree.len() > 20));
        let forest = Forest::of(&trees, 1).unwrap();
        let values = || (0..24).map(|at| (at < 22).then_some(f64::from(at) / 2.0));
        for (one, other) in values().flat_map(|one| values().map(move |other| (one, other))) {
            let leaves = forest.leaves(&[one], other);
            let (mut sum, mut moved) = (0, [0; 2]);
            for tree in &trees.trees {
                let (value, steps) = walk(tree, &trees.cuts, [one, other]);
                sum += value;
                moved = [moved[0] + steps[0], moved[1] + steps[1]];
            }
            assert_eq!(forest.raw(&leaves), f64::from(sum) / STEPS);
            assert_eq!(forest.parts(&leaves), moved.map(|moved| f64::from(moved) / STEPS));
        }
        let nan = forest.leaves(&[Some(f64::NAN)], Some(1.0));
        assert_eq!(nan, forest.leaves(&[None], Some(1.0)));
    }

    #[test]
    fn what_is_told_and_what_is_usual_add_up_to_the_sum() {
        let trees = Trees {
            usual: vec![0.25, -0.5],
            ..trees()
        };
        let forest = Forest::of(&trees, 1).unwrap();
        let leaves = forest.leaves(&[Some(3.0)], Some(7.0));
        let told: f64 = forest.told(&leaves).iter().sum();
        assert!((forest.usual() + told - forest.raw(&leaves)).abs() < 1e-12);
        assert!(told.abs() > 1e-3);
    }

    #[test]
    fn a_tree_of_more_leaves_than_bits_is_refused() {
        let chain = |leaves: u16| {
            let mut tree: Vec<Node> = (1..leaves)
                .flat_map(|at| {
                    let branch = Node {
                        right: 2 * at,
                        ..Node::default()
                    };
                    [branch, Node::default()]
                })
                .collect();
            tree.push(Node::default());
            Trees {
                cuts: vec![vec![0.0]],
                trees: vec![tree],
                usual: vec![0.0],
            }
        };
        assert!(Forest::of(&chain(32), 1).is_some());
        assert!(chain(33).sound(1) && Forest::of(&chain(33), 1).is_none());
    }

    #[test]
    fn ones_fill_from_the_lowest_bit() {
        assert_eq!([0, 1, 5, 32].map(ones), [0, 1, 31, u32::MAX]);
    }
}
