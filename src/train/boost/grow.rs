//! Growing one tree, leaf by leaf, on histograms (Ke et al. 2017).

use std::ops::Range;

use super::bins::Bins;
use crate::model::{Node, TREE_STEPS};

/// Leaves of a tree.
const LEAVES: usize = 15;
/// Step: how much of a leaf's best value is taken.
const RATE: f64 = 0.1;
/// Fewest rows of a leaf.
pub(super) const MIN_ROWS: u32 = 150;
/// L2 penalty of a leaf's value.
const PENALTY: f64 = 5.0;

/// What is summed over some rows: gradients, second derivatives, rows.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    slope: f64,
    bend: f64,
    rows: u32,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.slope += other.slope;
        self.bend += other.bend;
        self.rows += other.rows;
    }

    fn less(self, other: Self) -> Self {
        Self {
            slope: self.slope - other.slope,
            bend: self.bend - other.bend,
            rows: self.rows - other.rows.min(self.rows),
        }
    }

    /// Twice the loss that the best value saves.
    fn gain(self) -> f64 {
        self.slope * self.slope / (self.bend + PENALTY)
    }

    /// The best value.
    fn value(self) -> f64 {
        -RATE * self.slope / (self.bend + PENALTY)
    }
}

/// The best branch of a leaf.
#[derive(Debug, Clone, Copy)]
struct Branch {
    gain: f64,
    input: usize,
    cut: usize,
    none_left: bool,
}

/// A leaf while the tree grows.
struct Leaf {
    /// Its rows: a range of the grower's order.
    range: Range<usize>,
    sum: Sum,
    /// A sum for each bin of the inputs that the tree hears.
    histogram: Vec<Sum>,
    best: Option<Branch>,
    /// Index of its node.
    node: usize,
}

/// A node while the tree grows: its value if it were a leaf, and its branch with the two children.
struct Grown {
    sum: Sum,
    branch: Option<(Branch, [usize; 2])>,
}

/// What a tree is grown on.
pub(super) struct Grower<'a> {
    bins: &'a Bins,
    /// The inputs that it hears, and where the sums of each begin.
    inputs: Vec<(usize, usize)>,
    sums: usize,
    slopes: &'a [(f64, f64)],
    order: Vec<usize>,
}

impl<'a> Grower<'a> {
    /// A tree that hears these inputs of the rows of `order`; `slopes` are the first and second derivative of the loss of every row.
    pub(super) fn new(
        bins: &'a Bins,
        heard: impl Iterator<Item = usize>,
        slopes: &'a [(f64, f64)],
        order: Vec<usize>,
    ) -> Self {
        let mut sums = 0;
        let inputs = heard.map(|input| {
            let start = sums;
            sums += bins.width(input);
            (input, start)
        });
        Self {
            bins,
            inputs: inputs.collect(),
            sums,
            slopes,
            order,
        }
    }

    fn histogram(&self, range: &Range<usize>) -> Vec<Sum> {
        let rows = self.order.get(range.clone()).unwrap_or_default();
        let slopes: Vec<(f64, f64)> = rows
            .iter()
            .filter_map(|&row| self.slopes.get(row).copied())
            .collect();
        let mut sums = vec![Sum::default(); self.sums];
        for &(input, start) in &self.inputs {
            let bins = self.bins.at(input);
            let Some(mine) = sums.get_mut(start..) else {
                continue;
            };
            for (&row, &(slope, bend)) in rows.iter().zip(&slopes) {
                let bin = bins.get(row).copied().unwrap_or_default();
                if let Some(sum) = mine.get_mut(usize::from(bin)) {
                    sum.add(Sum { slope, bend, rows: 1 });
                }
            }
        }
        sums
    }

    fn leaf(&self, range: Range<usize>, sum: Sum, histogram: Vec<Sum>, node: usize) -> Leaf {
        let best = self.best(sum, &histogram);
        Leaf {
            range,
            sum,
            histogram,
            best,
            node,
        }
    }

    /// The branch that saves most, the first of equal ones.
    fn best(&self, all: Sum, histogram: &[Sum]) -> Option<Branch> {
        let mut best: Option<Branch> = None;
        for &(input, start) in &self.inputs {
            let width = self.bins.width(input);
            let sums = histogram.get(start..start + width).unwrap_or_default();
            let Some((none, known)) = sums.split_last() else {
                continue;
            };
            let mut left = Sum::default();
            for (cut, &sum) in known.iter().enumerate().take(known.len().saturating_sub(1)) {
                left.add(sum);
                let mut with_none = left;
                with_none.add(*none);
                for (left, none_left) in [(left, false), (with_none, true)] {
                    let right = all.less(left);
                    let gain = left.gain() + right.gain() - all.gain();
                    let enough = left.rows >= MIN_ROWS && right.rows >= MIN_ROWS;
                    if enough && gain > best.map_or(1e-9, |best| best.gain) {
                        best = Some(Branch {
                            gain,
                            input,
                            cut,
                            none_left,
                        });
                    }
                }
            }
        }
        best
    }

    /// What is summed over the rows of a range.
    fn total(&self, range: &Range<usize>) -> Sum {
        let mut total = Sum::default();
        for &row in self.order.get(range.clone()).unwrap_or_default() {
            if let Some(&(slope, bend)) = self.slopes.get(row) {
                total.add(Sum { slope, bend, rows: 1 });
            }
        }
        total
    }

    /// Divides a leaf by a branch into its children, whose nodes are `nodes`.
    fn divide(&mut self, leaf: &Leaf, branch: &Branch, nodes: [usize; 2]) -> [Leaf; 2] {
        let rows = self.order.get(leaf.range.clone()).unwrap_or_default();
        let (mut rows, right): (Vec<usize>, Vec<usize>) = rows.iter().copied().partition(|&row| {
            self.bins
                .goes_left(row, branch.input, branch.cut, branch.none_left)
        });
        let middle = leaf.range.start + rows.len();
        rows.extend(right);
        for (slot, row) in self.order.iter_mut().skip(leaf.range.start).zip(rows) {
            *slot = row;
        }
        // The smaller child is summed up, the larger one is what remains.
        let (left, right) = (leaf.range.start..middle, middle..leaf.range.end);
        let left_is_small = left.len() <= right.len();
        let small = if left_is_small { &left } else { &right };
        let (sum, histogram) = (self.total(small), self.histogram(small));
        let rest = leaf.histogram.iter().zip(&histogram);
        let rest: Vec<Sum> = rest.map(|(all, part)| all.less(*part)).collect();
        let [small_node, large_node] = if left_is_small {
            nodes
        } else {
            [nodes[1], nodes[0]]
        };
        let large = if left_is_small { &right } else { &left };
        let large = self.leaf(large.clone(), leaf.sum.less(sum), rest, large_node);
        let small = self.leaf(small.clone(), sum, histogram, small_node);
        if left_is_small {
            [small, large]
        } else {
            [large, small]
        }
    }

    /// Grows a tree: always the leaf whose branch saves most is divided, the first of equal ones.
    pub(super) fn grow(mut self) -> Vec<Node> {
        let whole = 0..self.order.len();
        let (all, histogram) = (self.total(&whole), self.histogram(&whole));
        let mut leaves = vec![self.leaf(whole, all, histogram, 0)];
        let mut grown = vec![Grown {
            sum: all,
            branch: None,
        }];
        while leaves.len() < LEAVES {
            let mut best: Option<(usize, Branch)> = None;
            for (at, leaf) in leaves.iter().enumerate() {
                let most = best.map_or(0.0, |(_, branch)| branch.gain);
                if let Some(branch) = leaf.best.filter(|branch| branch.gain > most) {
                    best = Some((at, branch));
                }
            }
            let Some((at, branch)) = best else { break };
            let leaf = leaves.swap_remove(at);
            let nodes = [grown.len(), grown.len() + 1];
            if let Some(node) = grown.get_mut(leaf.node) {
                node.branch = Some((branch, nodes));
            }
            for child in self.divide(&leaf, &branch, nodes) {
                grown.push(Grown {
                    sum: child.sum,
                    branch: None,
                });
                leaves.push(child);
            }
        }
        let mut nodes = Vec::with_capacity(grown.len());
        lay(&grown, 0, &mut nodes);
        nodes
    }
}

/// Lays a tree out, each left child behind its parent; returns the sum of its rows' values in steps, and their number.
fn lay(grown: &[Grown], at: usize, nodes: &mut Vec<Node>) -> (f64, f64) {
    let Some(node) = grown.get(at) else {
        return (0.0, 0.0);
    };
    let mine = nodes.len();
    nodes.push(Node::default());
    let rows = f64::from(node.sum.rows);
    let Some((branch, [left, right])) = node.branch else {
        let value = (node.sum.value() * TREE_STEPS).round();
        if let Some(node) = nodes.get_mut(mine) {
            node.value = value as i32;
        }
        return (value * rows, rows);
    };
    let left = lay(grown, left, nodes);
    // A tree has at most 2 * LEAVES nodes, and few more than a hundred inputs.
    let after = nodes.len() as u16;
    let right = lay(grown, right, nodes);
    let (sum, rows) = (left.0 + right.0, left.1 + right.1);
    if let Some(node) = nodes.get_mut(mine) {
        *node = Node {
            value: (sum / rows.max(1.0)).round() as i32,
            input: branch.input as u16,
            cut: branch.cut as u16,
            none_left: branch.none_left,
            right: after,
        };
    }
    (sum, rows)
}
