//! EVPPI: what it would be worth to know one uncertain input before choosing.

use super::learnable::{self, Found, Group};
use super::net_benefit::NetBenefit;
use crate::stats::Interval;
use crate::stats::summary::moments;

/// Expected value of perfect information about one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evppi {
    /// The estimate, in the unit of the net benefit.
    pub value: f64,
    /// Its t interval by the jackknife over groups of worlds, cut at 0.
    pub interval: Interval,
    /// The same without taking out of the block means what is left in them of the other inputs and of luck: too high.
    pub naive: f64,
    /// Blocks of worlds in which the input is nearly the same.
    pub blocks: usize,
}

/// Parts of the worlds that are left out in turn for the interval.
const PARTS: usize = 20;
/// The fewest worlds that an estimate is made from: two blocks of two.
const FEWEST: usize = 4;

/// EVPPI of the input whose value in each world is given, E_phi max_d E(NB_d | phi) - max_d E NB_d, by blocks (Strong
/// and Oakley, Medical Decision Making 33, 2013, 755-766): worlds in the order of the input are cut into blocks, and a
/// block's mean stands for E(NB_d | phi). Any number of options. What other inputs and luck leave in a block's mean is
/// taken out by the variance within blocks, as in [`Replicated`](super::Replicated), so that rows may be single runs:
/// luck is not priced.
///
/// `blocks`: how many; the square root of the number of worlds if `None`. Worlds with the same value are never parted,
/// so that an input of few values has as many blocks as values. The input's own slope within a block counts as noise,
/// which makes the estimate a little too low for few blocks.
///
/// `None` if there are fewer than four worlds, or another number than of values, or a value is not finite, or no block
/// has two worlds. 0 for a constant input, and for one option.
pub fn evppi(benefit: &NetBenefit, input: &[f64], blocks: Option<usize>, level: f64) -> Option<Evppi> {
    let n = benefit.worlds();
    if n < FEWEST || input.len() != n || input.iter().any(|value| !value.is_finite()) {
        return None;
    }
    // From 0, so that the two zeros are one value.
    let mut order: Vec<(f64, usize)> = input.iter().enumerate().map(|(world, value)| (0.0 + value, world)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let rows: Vec<&[f64]> = benefit.rows().collect();
    let blocks = blocks.unwrap_or_else(|| (n as f64).sqrt() as usize).clamp(1, n / 2);
    let (found, used) = of_ordered(&order, &rows, blocks)?;
    let parts = PARTS.min(n / 2);
    let without: Option<Vec<f64>> = (0..parts)
        .map(|part| {
            let left = order.iter().enumerate().filter(|(rank, _)| rank % parts != part).map(|(_, world)| *world);
            of_ordered(&left.collect::<Vec<_>>(), &rows, blocks).map(|(found, _)| found.corrected)
        })
        .collect();
    // The jackknife's error: the spread of what is left, times the parts less one, over the root of the parts.
    let (_, sd) = moments(&without?);
    let error = sd * (parts - 1) as f64 / (parts as f64).sqrt();
    let interval = Interval::of_mean(found.corrected, error, parts, level);
    let interval = Interval { low: interval.low.max(0.0), ..interval };
    Some(Evppi { value: found.corrected, interval, naive: found.naive, blocks: used })
}

/// From worlds in the order of the input.
fn of_ordered(order: &[(f64, usize)], rows: &[&[f64]], blocks: usize) -> Option<(Found, usize)> {
    let groups: Vec<Group> = cut(order, order.len().div_ceil(blocks))
        .into_iter()
        .filter_map(|block| Group::of(block.len() as f64, block.iter().map(|(_, world)| rows[*world])))
        .collect();
    Some((learnable::value(groups.iter())?, groups.len()))
}

/// Cuts into blocks of `size` or a little more. Equal values stay together; as many as a block are one of their own.
fn cut(order: &[(f64, usize)], size: usize) -> Vec<&[(f64, usize)]> {
    let mut blocks = Vec::new();
    let (mut start, mut end) = (0, 0);
    for equal in order.chunk_by(|a, b| a.0 == b.0) {
        if end > start && (end - start >= size || equal.len() >= size) {
            blocks.push(&order[start..end]);
            start = end;
        }
        end += equal.len();
    }
    blocks.push(&order[start..end]);
    blocks
}

#[cfg(test)]
mod tests {
    use super::super::gaussian::evpi_gaussian;
    use super::*;
    use crate::numeric::normal;
    use crate::random::{Entity, Luck, Purpose};

    #[test]
    fn equal_values_are_never_parted() {
        let sizes = |values: &[f64], size: usize| -> Vec<usize> {
            let order: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
            cut(&order, size).iter().map(|block| block.len()).collect()
        };
        assert_eq!(sizes(&[1.0, 2.0, 3.0, 4.0, 5.0], 2), [2, 2, 1]);
        assert_eq!(sizes(&[1.0, 1.0, 1.0, 1.0, 5.0], 2), [4, 1]);
        // A rare value beside a common one.
        assert_eq!(sizes(&[1.0, 2.0, 2.0, 2.0, 3.0], 2), [1, 3, 1]);
        assert_eq!(sizes(&[7.0; 4], 2), [4]);
    }

    /// Two options, INB = a + b + luck: what is known of each is normal with the sd of its own.
    fn sampled(n: usize, luck: f64, seed: u64) -> (NetBenefit, [Vec<f64>; 3]) {
        let mut stream = Luck::new(seed).stream(Purpose::TEST, Entity::of("partial"));
        let mut normal = |mean: f64, sd: f64| mean + sd * normal::quantile(stream.uniform());
        let (mut rows, mut inputs) = (Vec::new(), [vec![], vec![], vec![]]);
        for _ in 0..n {
            let parts = [normal(1.0, 1.0), normal(0.0, 2.0), normal(0.0, 1.0)];
            rows.push(vec![0.0, parts[0] + parts[1] + normal(0.0, luck)]);
            inputs.iter_mut().zip(parts).for_each(|(list, part)| list.push(part));
        }
        (NetBenefit::of(&rows).unwrap(), inputs)
    }

    #[test]
    fn each_input_has_the_value_of_its_closed_form_and_luck_has_none() {
        for luck in [0.0, 5.0] {
            let (benefit, inputs) = sampled(20_000, luck, 2);
            for (input, sd) in inputs.iter().zip([1.0, 2.0, 0.0]) {
                let truth = evpi_gaussian(1.0, sd).unwrap();
                let it = evppi(&benefit, input, None, 0.999).unwrap();
                // A false failure in 1,000 for each of six, seed fixed; an input without value may come to a little.
                assert!(it.interval.low <= truth && truth <= it.interval.high + 0.005, "sd {sd}: {truth}, {it:?}");
                assert!((it.value - truth).abs() < 0.06 && it.naive >= it.value, "sd {sd}: {truth}, {it:?}");
            }
        }
    }

    #[test]
    fn an_input_of_two_values_has_two_blocks_and_the_plain_formula() {
        // Option 1 is worth -1 or 3 more: knowing which, one takes it half of the time.
        let rows: Vec<Vec<f64>> = (0..100).map(|i| vec![7.0, if i % 2 == 0 { 6.0 } else { 10.0 }]).collect();
        let input: Vec<f64> = (0..100).map(|i| f64::from(i % 2)).collect();
        let it = evppi(&NetBenefit::of(&rows).unwrap(), &input, None, 0.95).unwrap();
        assert_eq!(it.blocks, 2);
        assert!(
            (it.value - 0.5).abs() < 1e-12 && (it.naive - 0.5).abs() < 1e-12 && it.interval.contains(0.5),
            "{it:?}"
        );
    }

    #[test]
    fn the_order_of_worlds_does_not_matter_and_the_direction_of_the_input_little() {
        let (benefit, [input, ..]) = sampled(400, 1.0, 3);
        let it = evppi(&benefit, &input, Some(20), 0.95).unwrap();
        let backwards: Vec<Vec<f64>> =
            (0..400).rev().filter_map(|w| benefit.rows().nth(w).map(<[f64]>::to_vec)).collect();
        let turned: Vec<f64> = input.iter().rev().copied().collect();
        let other = evppi(&NetBenefit::of(&backwards).unwrap(), &turned, Some(20), 0.95).unwrap();
        assert!((it.value - other.value).abs() < 1e-12 && it.blocks == 20, "{it:?} {other:?}");
        let negative: Vec<f64> = input.iter().map(|value| -value).collect();
        let mirrored = evppi(&benefit, &negative, Some(20), 0.95).unwrap();
        assert!((it.value - mirrored.value).abs() < 1e-9, "blocks of one size are the same from either end");
    }

    #[test]
    fn edges_are_as_documented() {
        let table = |n: usize| NetBenefit::of(&(0..n).map(|i| vec![0.0, i as f64 - 1.0]).collect::<Vec<_>>()).unwrap();
        assert_eq!(evppi(&table(3), &[1.0, 2.0, 3.0], None, 0.95), None);
        assert_eq!(evppi(&table(4), &[1.0, 2.0, 3.0], None, 0.95), None);
        assert_eq!(evppi(&table(4), &[1.0, 2.0, 3.0, f64::NAN], None, 0.95), None);
        assert!(evppi(&table(4), &[1.0, 2.0, 3.0, 4.0], Some(0), 0.95).is_some_and(|it| it.blocks == 1));
        let constant = evppi(&table(40), &[0.0; 40], None, 0.95).unwrap();
        assert_eq!((constant.value, constant.naive, constant.blocks), (0.0, 0.0, 1));
        let one_option = NetBenefit::of(&(0..40).map(|i| vec![f64::from(i)]).collect::<Vec<_>>()).unwrap();
        let input: Vec<f64> = (0..40).map(f64::from).collect();
        assert_eq!(evppi(&one_option, &input, None, 0.95).unwrap().value, 0.0);
    }
}
