//! How many options are still in the race after so many observations of each, and which dropped out when.

use crate::chart::area::{Area, crosses};
use crate::chart::axis::{self, Scale};
use crate::chart::canvas::{Anchor, Type, clean};
use crate::chart::font;
use crate::chart::number::count;
use crate::chart::theme::{AXIS, BODY, MARGIN, MUTED, SIGNAL, SMALL, TEXT, WHITE, WIDTH};
use crate::chart::{Chart, Frame};

/// A race that ends with one option or with none that is beaten.
#[derive(Clone, Debug, PartialEq)]
pub struct Survivors {
    /// Title and conditions.
    pub frame: Frame,
    /// What stands along the horizontal axis: `runs of each option`.
    pub across: String,
    /// How many options there are at the start.
    pub options: usize,
    /// The options that dropped out, in order.
    pub drops: Vec<Drop>,
    /// Observations of each option at the end.
    pub end: u64,
    /// The option that is left. Empty if there are several.
    pub winner: String,
}

/// An option that dropped out.
#[derive(Clone, Debug, PartialEq)]
pub struct Drop {
    /// Observations of each option by then.
    pub after: u64,
    /// Its name.
    pub option: String,
}

const TOP: f64 = 34.0;
/// Height of an option, as far as there is room for all.
const STEP: f64 = 24.0;
const HIGHEST: f64 = 560.0;
/// The widest that a name may be at the end of the line, and where there is room inside.
const ROOM: f64 = 170.0;
const INSIDE: f64 = 340.0;

/// A name with its room, relative to the top of the plot.
type Name = (String, Area);

impl Survivors {
    /// Draws the chart.
    pub fn chart(&self) -> Chart {
        if self.options == 0 {
            let remark = "There is no option to race.";
            return self.frame.chart(160.0, remark, &[], |canvas, area| canvas.remark(area, remark));
        }
        let mut drops: Vec<&Drop> = self.drops.iter().collect();
        drops.sort_by_key(|drop| drop.after);
        let most = drops.last().map_or(0, |drop| drop.after).max(self.end).max(1) as f64;
        let plot_height = (STEP * self.options as f64).clamp(160.0, HIGHEST);
        let (x0, x1) = (MARGIN + 46.0, WIDTH - MARGIN - ROOM - 12.0);
        let across = Scale::linear(0.0, most, x0, x1);
        let level = Scale::linear(0.0, self.options as f64, plot_height, 0.0);
        let stairs = self.stairs(&drops, &across, &level);
        let end = stairs.last().copied().unwrap_or((x1, 0.0));
        let winner = self.winner(&drops, end);
        let names = self.place(&drops, &stairs, &winner, &across, Area::new(x0, -8.0, WIDTH - MARGIN, plot_height));
        let nameless: Vec<&str> =
            drops.iter().zip(&names).filter(|(_, name)| name.is_none()).map(|(drop, _)| drop.option.as_str()).collect();
        let notes = match nameless.len() {
            0 => vec![],
            1..=8 => vec![format!("Not named for want of room: {}.", nameless.join(", "))],
            n => vec![format!("{n} options that dropped out are not named for want of room; the words have them all.")],
        };
        self.frame.chart(TOP + plot_height + axis::BELOW, &self.words(&drops), &notes, |canvas, area| {
            let plot = Area::new(x0, area.y0 + TOP, x1, area.y0 + TOP + plot_height);
            let up = Scale::linear(0.0, self.options as f64, plot.y1, plot.y0);
            axis::left(canvas, plot, &up, &whole(&up, 6), "options still in the race");
            axis::below(canvas, plot, &across, &whole(&across, 8), &self.across);
            let down = |p: &(f64, f64)| (p.0, p.1 + plot.y0);
            canvas.line(&stairs.iter().map(down).collect::<Vec<_>>(), SIGNAL.mark, 2.75);
            for (nth, (drop, name)) in drops.iter().zip(&names).enumerate() {
                let Some((text, room)) = name else { continue };
                let (x, y) = (across.at(drop.after as f64), (room.y0 + room.y1) / 2.0 + plot.y0);
                canvas.line(&[(x + 2.0, up.at(self.left(nth) - 0.5)), (room.x0 - 2.0, y)], AXIS, 1.0);
                canvas.tint(Area::new(room.x0 - 1.0, y - 7.0, room.x1 + 1.0, y + 7.0), WHITE, 0.85);
                canvas.text_mid(room.x0, y, text, Type::regular(SMALL, MUTED), Anchor::Start);
            }
            canvas.disc(down(&end), 5.5, SIGNAL.mark);
            let y = (winner.1.y0 + winner.1.y1) / 2.0 + plot.y0;
            canvas.text_mid(winner.1.x0, y, &winner.0, Type::bold(BODY, SIGNAL.text), Anchor::Start);
        })
    }

    /// Options left after the first `nth` drops.
    fn left(&self, nth: usize) -> f64 {
        self.options.saturating_sub(nth) as f64
    }

    /// Corners of the line, from all options at the start to those left at the end.
    fn stairs(&self, drops: &[&Drop], across: &Scale, level: &Scale) -> Vec<(f64, f64)> {
        let mut line = vec![(across.at(0.0), level.at(self.left(0)))];
        for (nth, drop) in drops.iter().enumerate() {
            let x = across.at(drop.after as f64);
            line.extend([(x, level.at(self.left(nth))), (x, level.at(self.left(nth + 1)))]);
        }
        line.push((across.at(f64::MAX), level.at(self.left(drops.len()))));
        line.dedup();
        line
    }

    /// What is left, at the end of the line.
    fn winner(&self, drops: &[&Drop], end: (f64, f64)) -> Name {
        let left = self.options.saturating_sub(drops.len());
        let text = match self.winner.is_empty() {
            true => format!("{} left", count(left as u64)),
            false => font::shorten_middle(&clean(&self.winner), BODY, true, ROOM - 4.0),
        };
        let width = Type::bold(BODY, TEXT).width(&text);
        let room = Area::new(end.0 + 12.0, end.1 - 8.0, end.0 + 12.0 + width, end.1 + 8.0);
        (text, room)
    }

    /// Finds each name a place at the right of its fall. The last to drop out come first: they were the closest.
    fn place(
        &self,
        drops: &[&Drop],
        stairs: &[(f64, f64)],
        winner: &Name,
        across: &Scale,
        plot: Area,
    ) -> Vec<Option<Name>> {
        let kind = Type::regular(SMALL, MUTED);
        let mut placed: Vec<Option<Name>> = vec![None; drops.len()];
        let mut taken = vec![winner.1];
        let unit = plot.y1 / self.options.max(1) as f64;
        for (nth, drop) in drops.iter().enumerate().take(self.options).rev() {
            let (x, middle) = (across.at(drop.after as f64) + 12.0, unit * (nth as f64 + 0.5));
            let names = [INSIDE, ROOM].map(|room| font::shorten_middle(&clean(&drop.option), SMALL, false, room));
            let areas = names.iter().flat_map(|text| {
                let x1 = x + kind.width(text);
                [0.0, -6.0, -12.0].map(|dy| (text, Area::new(x, middle + dy - 7.0, x1, middle + dy + 7.0)))
            });
            let free = |(_, area): &(&String, Area)| {
                let crossed = stairs.windows(2).any(|pair| crosses(&area.grown(1.5), pair[0], pair[1]));
                plot.contains(area) && !crossed && !taken.iter().any(|other| other.grown(1.5).overlaps(area))
            };
            if let Some((text, room)) = areas.into_iter().find(free) {
                taken.push(room);
                placed[nth] = Some((text.clone(), room));
            }
        }
        placed
    }

    fn words(&self, drops: &[&Drop]) -> String {
        let told: Vec<String> =
            drops.iter().map(|drop| format!("{} after {}", drop.option, count(drop.after))).collect();
        let told = if told.is_empty() { "none".to_owned() } else { told.join(", ") };
        let left = count(self.options.saturating_sub(drops.len()) as u64);
        let winner = if self.winner.is_empty() { String::new() } else { format!(": {}", self.winner) };
        format!(
            "{} options at the start, by {}. Dropped out: {told}. At the end, after {}, {left} left{winner}.",
            count(self.options as u64),
            self.across,
            count(self.end)
        )
    }
}

/// Ticks of a scale that counts.
fn whole(scale: &Scale, most: usize) -> Vec<(f64, String)> {
    axis::labelled(scale.ticks(most).into_iter().filter(|tick| *tick == libm::floor(*tick)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{gallery, inspect};

    #[test]
    fn races_are_drawn_whatever_their_length() {
        for (_, data) in gallery::survivors() {
            inspect::check_twice(|| data.chart());
        }
    }

    #[test]
    fn everyone_who_dropped_out_is_named_and_the_winner_at_the_end() {
        let (_, data) = gallery::survivors().swap_remove(0);
        let chart = data.chart();
        let texts: Vec<String> = inspect::labels(&chart).into_iter().map(|label| label.text).collect();
        for name in data.drops.iter().map(|drop| &drop.option).chain([&data.winner]) {
            assert!(texts.contains(name) && chart.alt.contains(name), "{name}");
        }
        assert!(chart.alt.contains("as-today after 64, "), "{}", chart.alt);
    }

    #[test]
    fn the_line_falls_by_one_for_each_drop_and_runs_on_to_the_end() {
        let drop = |after| Drop { after, option: String::new() };
        let (across, level) = (Scale::linear(0.0, 10.0, 0.0, 100.0), Scale::linear(0.0, 4.0, 40.0, 0.0));
        let (_, data) = gallery::survivors().swap_remove(0);
        let race = Survivors { options: 4, ..data };
        let got = race.stairs(&[&drop(2), &drop(5), &drop(5)], &across, &level);
        let want = [(0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (50.0, 10.0), (50.0, 20.0), (50.0, 30.0), (100.0, 30.0)];
        assert_eq!(got, want);
    }
}
