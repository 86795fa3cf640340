//! `airside sweep`: options over the values of one input, of two, or of all at once.

use crate::cli::args::{Spread, SweepArgs};
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::question::Question;
use crate::cli::screen::Screen;
use crate::document::closest;
use crate::experiment::{WorldDraws, quantile};
use crate::model::{Assumption, OptionId};
use crate::random::Luck;
use crate::report::sweep::{Plane, Swept, paper};
use crate::stats::design::{Place, latin_hypercube, scrambled};

/// Runs at each point if the user does not say, at least.
const EACH: u32 = 20;
/// Points along one input, along each of two, and over all.
const POINTS: [u32; 3] = [11, 7, 64];
/// Points in all.
const MOST: usize = 100_000;

/// Runs the verb.
pub(crate) fn run(args: &SweepArgs, screen: &Screen) -> Result<Exit, Failure> {
    Ok(if sweep(args, screen, true)? { Exit::Fine } else { Exit::Ended })
}

/// Runs all points and writes what follows; whether it came to an end.
pub(crate) fn sweep(args: &SweepArgs, screen: &Screen, aloud: bool) -> Result<bool, Failure> {
    let mut question = Question::pose(&args.study, &args.posed, "sweep", screen)?;
    let replications = args.posed.replications.unwrap_or(question.design.replications.max(EACH));
    question.hold(args.posed.draws, replications)?;
    question.arguments = args.input.iter().map(|input| format!("--input={input}")).collect();
    question.arguments.extend(args.points.iter().map(|points| format!("--points={points}")));
    question.arguments.extend(args.spread.iter().map(|spread| format!("--spread={}", spread.name())));
    question.arguments.extend(args.option.iter().map(|option| format!("--option={option}")));
    let scenario = question.variants[0].scenario().clone();
    let ranges = question.ranges()?;
    let (plane, points) = points(args, &ranges, question.study.seed)?;
    let reference = question.study.reference;
    let options: Vec<OptionId> = match &args.option {
        Some(name) => vec![input::option_of(&scenario, Some(name))?],
        None => question.study.options.iter().copied().filter(|option| *option != reference).collect(),
    };
    if options.contains(&reference) {
        let name = &scenario.options[reference.index()].id;
        return Err(Failure::Usage(format!("`{name}` is the reference option, which differs in nothing from itself")));
    }
    question.expect(points.len() * (options.len() + 1));
    let mut run = vec![reference];
    run.extend(&options);
    // Points all over the place are compared with each other, and their luck must not be one.
    let luck_for = if plane == Plane::Cloud { 1 } else { points.len() };
    let points = WorldDraws::at(&scenario, &points, luck_for);
    let Some(table) = question.at_points(&points, &run, (0, "points"))? else { return Ok(false) };
    let swept = Swept::of(&question.study, &scenario, plane, &table, &options).ok_or_else(|| question.lacking())?;
    let none = WorldDraws::none();
    let context = question.context(&scenario, &none, replications);
    let paper = paper(&context, &swept);
    question.deliver(&context, &paper, aloud)?;
    drop(swept);
    question.finish(&none)?;
    Ok(true)
}

/// Where to run.
fn points(args: &SweepArgs, ranges: &[Assumption], seed: u64) -> Result<(Plane, Vec<Vec<f64>>), Failure> {
    let written: Vec<f64> = ranges.iter().map(|range| range.written).collect();
    let asked: Vec<(usize, Vec<f64>)> = args
        .input
        .iter()
        .map(|text| along(text, ranges, args.points.unwrap_or(POINTS[args.input.len().clamp(1, 2) - 1])))
        .collect::<Result<_, _>>()?;
    match (&asked[..], args.spread) {
        ([_, ..], Some(_)) => {
            Err(Failure::Usage("--spread moves all inputs at once; leave --input out, or --spread".to_owned()))
        }
        ([(input, xs)], None) => {
            let point = |x: &f64| {
                let mut point = written.clone();
                point[*input] = *x;
                point
            };
            Ok((Plane::Line { input: *input, xs: xs.clone() }, xs.iter().map(point).collect()))
        }
        ([(one, xs), (other, ys)], None) if one != other => {
            let point = |x: f64, y: f64| {
                let mut point = written.clone();
                (point[*one], point[*other]) = (x, y);
                point
            };
            let all: Vec<Vec<f64>> = xs.iter().flat_map(|x| ys.iter().map(move |y| point(*x, *y))).collect();
            if all.len() > MOST {
                return Err(Failure::Usage(format!("{} points are more than {MOST}; lower --points", all.len())));
            }
            Ok((Plane::Grid { inputs: [*one, *other], xs: xs.clone(), ys: ys.clone() }, all))
        }
        ([_, _, ..], None) => Err(Failure::Usage(
            "name one or two different inputs with --input, or none to move all of them at once".to_owned(),
        )),
        ([], spread) => {
            let n = args.points.unwrap_or(POINTS[2]) as usize;
            let luck = Luck::new(seed);
            let cube = match spread.unwrap_or(Spread::Sobol) {
                Spread::Lhs => latin_hypercube(n, ranges.len(), Place::Random, luck),
                Spread::Sobol => scrambled(n, ranges.len(), luck, 0).ok_or_else(|| {
                    Failure::Usage(
                        "there are more inputs than a Sobol sequence has dimensions; use --spread lhs".into(),
                    )
                })?,
            };
            let point = |u: &Vec<f64>| ranges.iter().zip(u).map(|(range, u)| quantile(range, *u)).collect();
            Ok((Plane::Cloud, cube.iter().map(point).collect()))
        }
    }
}

/// `PATH` or `PATH=LOW..HIGH`, as the place of the input and its values.
fn along(text: &str, ranges: &[Assumption], n: u32) -> Result<(usize, Vec<f64>), Failure> {
    let (path, ends) = text.split_once('=').map_or((text, None), |(path, ends)| (path, Some(ends)));
    let input = ranges.iter().position(|range| range.path == path.trim()).ok_or_else(|| {
        let paths: Vec<&str> = ranges.iter().map(|range| range.path.as_str()).collect();
        let hint = closest(path, paths.iter().copied()).map_or(String::new(), |it| format!("; did you mean `{it}`?"));
        Failure::Usage(format!("no input `{path}` has a range{hint} There are: {}", paths.join(", ")))
    })?;
    let range = &ranges[input];
    let (low, high) = match ends {
        None => range.range.ends().unwrap_or((range.written, range.written)),
        Some(ends) => {
            let number = |text: &str| text.trim().parse().ok().filter(|value: &f64| value.is_finite());
            let two = ends.split_once("..").and_then(|(low, high)| Some((number(low)?, number(high)?)));
            two.filter(|(low, high)| low < high).ok_or_else(|| {
                Failure::Usage(format!("`{text}`: write two rising numbers in the input's unit, such as {path}=10..80"))
            })?
        }
    };
    let value = |nth: u32| {
        let value = low + (high - low) * f64::from(nth) / f64::from(n - 1);
        // What people can type in again.
        let value: f64 = format!("{value:.11e}").parse().unwrap_or(value);
        if range.whole { value.round() } else { value }
    };
    let mut values: Vec<f64> = (0..n).map(value).collect();
    values.dedup();
    if values.len() < 2 {
        return Err(Failure::Usage(format!("`{path}` has one value only between {low} and {high}")));
    }
    Ok((input, values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{NoFiles, Source, load_scenario};

    #[test]
    fn inputs_are_named_by_path_with_or_without_ends() {
        let text = include_str!("../../scenarios/lakeside/lakeside.scenario.ron");
        let scenario = load_scenario(&Source::new("lakeside.ron", text), &NoFiles).0.unwrap();
        let ranges: Vec<Assumption> = scenario.ranges().cloned().collect();
        let path = "layers.seal-check.method.catches";
        let (input, values) = along(path, &ranges, 3).unwrap();
        assert_eq!((ranges[input].path.as_str(), values), (path, vec![10.0, 45.0, 80.0]));
        assert_eq!(along(&format!("{path}=0..50"), &ranges, 3).unwrap().1, [0.0, 25.0, 50.0]);
        for wrong in [format!("{path}=5"), format!("{path}=5..2"), "layers.seal-chek.method.catches".to_owned()] {
            assert!(along(&wrong, &ranges, 3).is_err(), "{wrong}");
        }
        let Err(Failure::Usage(said)) = along("layers.seal-chek.method.catches", &ranges, 3) else { panic!() };
        assert!(said.contains("did you mean `layers.seal-check.method.catches`?"), "{said}");
    }
}
