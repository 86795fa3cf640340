//! What a search asks for and keeps.

use std::collections::BTreeSet;

use super::super::pareto::hypervolume;
use super::*;

const GOALS: [Goal; 2] = [Goal::Smallest, Goal::Largest];

/// Cost and effect of a subset of 14 items: costs add up, effects overlap, and pairs help each other.
fn values(design: u64) -> Vec<f64> {
    let has = |item: u64| design >> item & 1 == 1;
    let all = || (0..14).filter(|item| has(*item));
    let cost: f64 = all().map(|item| 3.0 + ((item * 37) % 17) as f64).sum();
    let slips: f64 = all().map(|item| 1.0 - 0.04 * (1 + (item * 23) % 9) as f64).product();
    let pairs = (0..13).filter(|item| has(*item) && has(*item + 1) && item % 3 == 0).count();
    vec![cost, 100.0 * (1.0 - slips) + 6.0 * pairs as f64]
}

/// Under a budget, and not both of two items.
fn allowed(design: u64) -> bool {
    values(design)[0] <= 90.0 && design & 0b1010_0000 != 0b1010_0000
}

fn plan(evaluations: usize) -> SearchPlan {
    SearchPlan { items: 14, goals: GOALS.to_vec(), widths: vec![1.0, 0.5], population: 40, evaluations }
}

fn run(search: &mut Search<impl Fn(u64) -> bool>, f: impl Fn(u64) -> Vec<f64>, backwards: bool) -> Vec<u64> {
    let mut asked = Vec::new();
    loop {
        let designs = search.ask();
        if designs.is_empty() {
            return asked;
        }
        asked.extend(&designs);
        let mut told: Vec<(u64, Vec<f64>)> = designs.into_iter().map(|design| (design, f(design))).collect();
        if backwards {
            told.reverse();
        }
        let (one, two) = told.split_at(told.len() / 3);
        search.tell(one).unwrap();
        search.tell(two).unwrap();
    }
}

/// Of 10,489 designs that are allowed it tries 1,500, and covers 0.97 of what all of them cover. Of 400 it makes more
/// than chance does of as many.
#[test]
fn the_archive_covers_nearly_what_all_designs_cover() {
    let all: Vec<Vec<f64>> = (0..1 << 14).filter(|design| allowed(*design)).map(values).collect();
    let volume = |points: &[Vec<f64>]| hypervolume(points, &[91.0, -1.0], &GOALS).unwrap();
    for seed in 0..8 {
        let mut search = Search::new(plan(1500), Luck::new(seed), allowed).unwrap();
        let asked = run(&mut search, values, false);
        assert_eq!(asked.len(), 1500);
        assert!(asked.iter().all(|design| allowed(*design) && *design < 1 << 14));
        assert_eq!(asked.iter().collect::<BTreeSet<_>>().len(), asked.len());
        let found: Vec<Vec<f64>> = search.archive().map(|(_, values)| values.to_vec()).collect();
        assert!(volume(&found) >= 0.97 * volume(&all), "seed {seed}");
        assert!(search.archive().all(|(design, told)| values(design) == told));
        assert!(search.evaluated().map(|(design, _)| design).eq(asked.iter().copied()));
        let early: Vec<Vec<f64>> = asked[..400].iter().map(|design| values(*design)).collect();
        let mut stream = Luck::new(seed).stream(Purpose::TEST, Entity::of("chance"));
        let mut any = || all[choose(all.len(), &mut stream)].clone();
        let chance: Vec<Vec<f64>> = (0..400).map(|_| any()).collect();
        assert!(volume(&early) > volume(&chance), "seed {seed}");
    }
}

#[test]
fn the_order_of_telling_changes_nothing_and_the_seed_does() {
    let of = |seed, backwards| {
        let mut search = Search::new(plan(400), Luck::new(seed), allowed).unwrap();
        let asked = run(&mut search, values, backwards);
        (asked, search.archive().map(|(design, values)| (design, values.to_vec())).collect::<Vec<_>>())
    };
    assert_eq!(of(3, false), of(3, true));
    assert_ne!(of(3, false).0, of(4, false).0);
}

/// All 64 subsets of 6 items are few enough to be met; then there is nothing new. Of 64 items one evaluation is one.
#[test]
fn it_ends_when_nothing_is_new_or_nothing_is_left() {
    let small = SearchPlan { items: 6, population: 8, ..plan(1000) };
    let mut search = Search::new(small, Luck::new(1), |_| true).unwrap();
    assert_eq!(run(&mut search, values, false).len(), 64);
    let large = SearchPlan { items: 64, ..plan(101) };
    let mut search = Search::new(large, Luck::new(1), |_| true).unwrap();
    let asked = run(&mut search, |design| vec![f64::from(design.count_ones()), design as f64], false);
    assert!(asked.len() == 101 && asked.contains(&0) && asked.contains(&u64::MAX), "{}", asked.len());
    assert_eq!(search.generations(), 3);
    let mut none = Search::new(plan(10), Luck::new(1), |_| false).unwrap();
    assert!(none.ask().is_empty() && none.archive().next().is_none());
    let mut spent = Search::new(plan(0), Luck::new(1), |_| true).unwrap();
    assert!(spent.ask().is_empty());
}

#[test]
fn what_was_not_asked_for_is_refused_and_what_is_missing_is_asked_for_again() {
    let mut search = Search::new(plan(100), Luck::new(1), allowed).unwrap();
    assert_eq!(search.tell(&[(1, vec![0.0, 0.0])]), Err(TellError::NotAsked(1)));
    let asked = search.ask();
    let (first, rest) = (asked[0], &asked[1..]);
    assert_eq!(search.tell(&[(first, vec![1.0])]), Err(TellError::Length { design: first, got: 1, goals: 2 }));
    assert_eq!(search.tell(&[(first, values(first)), (first, values(first))]), Err(TellError::NotAsked(first)));
    assert_eq!(search.ask(), asked);
    search.tell(&[(first, values(first))]).unwrap();
    assert_eq!(search.tell(&[(first, values(first))]), Err(TellError::NotAsked(first)));
    assert_eq!(search.ask(), rest);
    assert_eq!(search.archive().count(), 0);
    // A design that could not be evaluated is never good, and is not asked for again.
    let told: Vec<(u64, Vec<f64>)> = rest.iter().map(|design| (*design, vec![f64::NAN, 1e9])).collect();
    search.tell(&told).unwrap();
    assert!(search.archive().map(|(design, _)| design).eq([first]));
    assert!(search.ask().iter().all(|design| !asked.contains(design)));
}

#[test]
fn a_plan_out_of_range_has_no_search() {
    for wrong in [
        SearchPlan { items: 0, ..plan(9) },
        SearchPlan { items: 65, ..plan(9) },
        SearchPlan { population: 1, ..plan(9) },
        SearchPlan { goals: vec![], widths: vec![], ..plan(9) },
        SearchPlan { widths: vec![1.0], ..plan(9) },
        SearchPlan { widths: vec![1.0, 0.0], ..plan(9) },
    ] {
        assert!(Search::new(wrong, Luck::new(1), |_| true).is_none());
    }
}
