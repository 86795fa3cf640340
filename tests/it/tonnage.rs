//! The forecast of monthly tonnes against years that it has not seen.
//!
//! The method was chosen on hold-out years up to 2018. In 2019 it beats the naive forecast as a point, and not the naive
//! forecast with the spread of its past errors; `docs/traffic.md` tells both.

use std::fmt::Write;
use std::fs::{self, File};

use airside::document::monthly::{MassUnit, MonthlyColumns, read_monthly};
use airside::document::table::{Filter, Limits};
use airside::model::{Month, MonthlyTonnage};
use airside::plan::forecast::Forecast;

/// Levels of the pinball loss.
const LEVELS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
const TOTAL: (&str, &str, &str) = ("all cargo", "", "");
const SERIES: [(&str, &str, &str); 8] = [
    TOTAL,
    ("freighter", "Cargo Aircraft Type", "Freighter"),
    ("passenger", "Cargo Aircraft Type", "Passenger"),
    ("international", "GEO Summary", "International"),
    ("domestic", "GEO Summary", "Domestic"),
    ("deplaned", "Activity Type Code", "Deplaned"),
    ("enplaned", "Activity Type Code", "Enplaned"),
    ("mail", "Cargo Type Code", "Mail"),
];

/// Twelve months' quantiles at [`LEVELS`].
type Quantiles = Vec<[f64; 5]>;

fn series((_, column, value): (&str, &str, &str)) -> MonthlyTonnage {
    let columns =
        MonthlyColumns { month: "Activity Period".into(), weight: "Cargo Metric TONS".into(), unit: MassUnit::Tonnes };
    let filters: Vec<Filter> = Some(Filter { column: column.into(), one_of: vec![value.into()] })
        .filter(|_| !column.is_empty())
        .into_iter()
        .collect();
    let raw = File::open("tests/data/air-cargo-monthly-raw.csv").unwrap();
    read_monthly(raw, &columns, &filters, Limits::default()).unwrap().value
}

/// How three forecasts fared in a year: mean pinball loss in per cent of a month's mean tonnes in the year before, and
/// months inside the model's 90 % and 50 % bands.
struct Score {
    model: f64,
    naive: f64,
    naive_spread: f64,
    inside_90: usize,
    inside_50: usize,
}

fn hold_out(series: &MonthlyTonnage, year: i32) -> Score {
    let month = |year, month| Month::new(year, month).unwrap();
    let history = series.window(series.first(), month(year - 1, 12)).unwrap();
    let actual: Vec<f64> = (1..=12).map(|m| series.at(month(year, m)).unwrap()).collect();
    let forecast = Forecast::fit(&history, 12).unwrap();
    let model: Quantiles = (0..12).map(|ahead| LEVELS.map(|p| forecast.quantile(ahead, p))).collect();
    let last_year = &history.tonnes()[history.tonnes().len() - 12..];
    let naive: Quantiles = last_year.iter().map(|&tonnes| [tonnes; 5]).collect();
    // The spread of the naive forecast: what a month was to the same month of the year before, over all the history.
    let mut ratios: Vec<f64> = history.tonnes().windows(13).map(|months| months[12] / months[0]).collect();
    ratios.sort_by(f64::total_cmp);
    let spread: Quantiles = last_year.iter().map(|&tonnes| LEVELS.map(|p| tonnes * quantile(&ratios, p))).collect();
    let mean = last_year.iter().sum::<f64>() / 12.0;
    let inside =
        |low: usize, high: usize| actual.iter().zip(&model).filter(|(y, q)| (q[low]..=q[high]).contains(y)).count();
    Score {
        model: 100.0 * pinball(&model, &actual) / mean,
        naive: 100.0 * pinball(&naive, &actual) / mean,
        naive_spread: 100.0 * pinball(&spread, &actual) / mean,
        inside_90: inside(0, 4),
        inside_50: inside(1, 3),
    }
}

/// Mean over months and levels of max(p e, (p - 1) e), with e the actual less the quantile.
fn pinball(quantiles: &Quantiles, actual: &[f64]) -> f64 {
    let loss = |p: f64, e: f64| (p * e).max((p - 1.0) * e);
    let month = |(q, y): (&[f64; 5], &f64)| LEVELS.iter().zip(q).map(|(&p, q)| loss(p, y - q)).sum::<f64>() / 5.0;
    quantiles.iter().zip(actual).map(month).sum::<f64>() / actual.len() as f64
}

/// Linear interpolation between order statistics.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len() - 1) as f64;
    let below = at as usize;
    sorted[below] + (at - below as f64) * (sorted[(below + 1).min(sorted.len() - 1)] - sorted[below])
}

fn row(name: &str, scores: &[Score]) -> String {
    let mean = |what: fn(&Score) -> f64| scores.iter().map(what).sum::<f64>() / scores.len() as f64;
    let months = 12 * scores.len();
    let inside = |what: fn(&Score) -> usize| scores.iter().map(what).sum::<usize>();
    format!(
        "| {name} | {:.2} | {:.2} | {:.2} | {}/{months} | {}/{months} | {}/{} |",
        mean(|s| s.model),
        mean(|s| s.naive),
        mean(|s| s.naive_spread),
        inside(|s| s.inside_90),
        inside(|s| s.inside_50),
        scores.iter().filter(|score| score.inside_90 >= 9).count(),
        scores.len(),
    )
}

#[test]
fn a_fit_to_2018_foretells_2019_better_than_the_year_before() {
    let score = hold_out(&series(TOTAL), 2019);
    assert!(score.inside_90 >= 9, "{} of 12 months inside the 90 % band", score.inside_90);
    assert!(score.model <= score.naive, "pinball {} against the naive {}", score.model, score.naive);
}

#[test]
fn the_guide_prints_what_is_measured() {
    let heading = "| loss [%] | model | naive | naive with spread | inside 90 % | inside 50 % | years with 9 of 12 |\n\
                   | --- | --- | --- | --- | --- | --- | --- |\n";
    let (mut years, mut by_series, mut last) = (String::from(heading), String::from(heading), String::from(heading));
    let mut covered = 0;
    for kind in SERIES {
        let series = series(kind);
        let scores: Vec<Score> = (2010..=2018).map(|year| hold_out(&series, year)).collect();
        if kind == TOTAL {
            for (year, score) in (2010..).zip(&scores) {
                writeln!(years, "{}", row(&year.to_string(), std::slice::from_ref(score))).unwrap();
            }
        }
        let loss = |of: fn(&Score) -> f64| scores.iter().map(of).sum::<f64>();
        assert!(
            loss(|s| s.model) < loss(|s| s.naive_spread),
            "{}: worse than the naive forecast with its spread",
            kind.0
        );
        covered += scores.iter().map(|score| score.inside_90).sum::<usize>();
        writeln!(by_series, "{}", row(kind.0, &scores)).unwrap();
        writeln!(last, "{}", row(kind.0, &[hold_out(&series, 2019)])).unwrap();
    }
    let share = covered as f64 / (12 * 9 * SERIES.len()) as f64;
    assert!((0.85..=0.98).contains(&share), "the 90 % band holds {share} of the months");
    let guide = fs::read_to_string("docs/traffic.md").unwrap_or_default();
    for table in [years, by_series, last] {
        assert!(guide.contains(&table), "docs/traffic.md should have\n{table}");
    }
}
