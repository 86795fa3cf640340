//! A distribution made ready to draw from: one uniform in, one value out.

use crate::model::Law;
use crate::numeric::ln::{ln, ln_each};
use crate::random::{draw, unit};
use crate::time::SimDuration;

/// A sampler by inverse transform. Durations are in milliseconds, masses in kilograms.
#[derive(Clone, Debug, PartialEq)]
pub enum Sampler {
    /// Always the same.
    Fixed(f64),
    /// Exponential, by its mean.
    Exponential(f64),
    /// Uniform.
    Uniform(f64, f64),
    /// Triangular: low, mode, high.
    Triangular(f64, f64, f64),
    /// Lognormal: mean and standard deviation of the logarithm.
    Lognormal(f64, f64),
    /// Weibull: scale and shape.
    Weibull(f64, f64),
    /// Gamma: mean and shape.
    Gamma(f64, f64),
    /// Erlang: mean and stages.
    Erlang(f64, u32),
    /// Beta-PERT: low, mode, high.
    Pert(f64, f64, f64),
    /// Sorted values, each equally often.
    Empirical(Vec<f64>),
    /// A table of one of the others, which is asked where the table does not know.
    Table(Box<(draw::Inverse, Sampler)>),
}

impl Sampler {
    /// Ready to draw from `law`.
    pub fn new(law: &Law) -> Self {
        match *law {
            Law::Fixed(v) => Sampler::Fixed(v),
            Law::Exponential { mean } => Sampler::Exponential(mean),
            Law::Uniform { low, high } => Sampler::Uniform(low, high),
            Law::Triangular { low, mode, high } => Sampler::Triangular(low, mode, high),
            Law::Lognormal { mu, sigma } => Sampler::Lognormal(mu, sigma),
            Law::Weibull { mean, shape } => Sampler::Weibull(draw::weibull_scale(mean, shape), shape),
            Law::Gamma { mean, shape } => Sampler::Gamma(mean, shape),
            Law::Erlang { mean, stages } => Sampler::Erlang(mean, stages),
            Law::Pert { low, mode, high } => Sampler::Pert(low, mode, high),
            Law::Empirical(ref values) => Sampler::Empirical(values.clone()),
        }
    }

    /// Ready to draw from `law` often: a law whose inverse is costly is put into a table, within a ten-millionth of it.
    pub fn tabulated(law: &Law) -> Self {
        let exact = Sampler::new(law);
        match exact {
            Sampler::Lognormal(..) | Sampler::Gamma(..) | Sampler::Pert(..) => {}
            Sampler::Erlang(_, stages) if stages > 1 => {}
            _ => return exact,
        }
        Sampler::Table(Box::new((draw::Inverse::new(|u| exact.at(u)), exact)))
    }

    /// The value at a uniform `u` in (0, 1).
    #[inline]
    pub fn at(&self, u: f64) -> f64 {
        match *self {
            Sampler::Fixed(v) => v,
            Sampler::Exponential(mean) => draw::exponential(u, mean),
            Sampler::Uniform(low, high) => draw::uniform(u, low, high),
            Sampler::Triangular(low, mode, high) => draw::triangular(u, low, mode, high),
            Sampler::Lognormal(mu, sigma) => draw::lognormal(u, mu, sigma),
            Sampler::Weibull(scale, shape) => draw::weibull(u, scale, shape),
            Sampler::Gamma(mean, shape) => draw::gamma(u, mean, shape),
            Sampler::Erlang(mean, stages) => draw::erlang(u, mean, stages),
            Sampler::Pert(low, mode, high) => draw::pert(u, low, mode, high),
            Sampler::Empirical(ref values) => {
                let at = (u * values.len() as f64) as usize;
                values.get(at).or(values.last()).copied().unwrap_or(0.0)
            }
            Sampler::Table(ref table) => table.0.at(u).unwrap_or_else(|| table.1.at(u)),
        }
    }

    /// Makes durations in milliseconds of draws, of which each `each`-th from the first is one: as [`Sampler::duration`]
    /// would, and faster, several at once.
    pub fn make_durations(&self, draws: &mut [u64], each: usize) {
        if each == 1 {
            return self.make_all(draws);
        }
        const AT_ONCE: usize = 64;
        let mut buffer = [0; AT_ONCE];
        for part in draws.chunks_mut(AT_ONCE * each) {
            let buffer = &mut buffer[..part.len().div_ceil(each)];
            buffer.iter_mut().zip(part.iter().step_by(each)).for_each(|(to, from)| *to = *from);
            self.make_all(buffer);
            part.iter_mut().step_by(each).zip(buffer).for_each(|(to, from)| *to = *from);
        }
    }

    /// Makes durations in milliseconds of all draws.
    fn make_all(&self, draws: &mut [u64]) {
        /// One loop for each law, so that which it is is asked once.
        #[inline(always)]
        fn make(draws: &mut [u64], at: impl Fn(f64) -> f64) {
            draws.iter_mut().for_each(|draw| *draw = SimDuration::from_millis_f64(at(unit(*draw))).millis());
        }
        match *self {
            Sampler::Fixed(v) => make(draws, |_| v),
            Sampler::Exponential(mean) => make_exponential(draws, mean),
            Sampler::Uniform(low, high) => make(draws, |u| draw::uniform(u, low, high)),
            Sampler::Triangular(low, mode, high) => make(draws, |u| draw::triangular(u, low, mode, high)),
            Sampler::Table(ref table) => make(draws, |u| table.0.at(u).unwrap_or_else(|| table.1.at(u))),
            _ => make(draws, |u| self.at(u)),
        }
    }

    /// The duration at a uniform `u`, for a sampler of milliseconds.
    #[inline]
    pub fn duration(&self, u: f64) -> SimDuration {
        SimDuration::from_millis_f64(self.at(u))
    }
}

/// Exponential durations of draws, of a mean in milliseconds.
fn make_exponential(draws: &mut [u64], mean: f64) {
    let scale = if mean > 0.0 { -mean } else { 0.0 };
    let from = |draw: u64| 1.0 - unit(draw);
    let to = |ln: f64| SimDuration::from_millis_f64(scale * ln).millis();
    let (some, rest) = draws.as_chunks_mut::<32>();
    some.iter_mut().for_each(|draws| *draws = ln_each(&draws.map(from)).map(to));
    rest.iter_mut().for_each(|draw| *draw = to(ln(from(*draw))));
}
