//! A sequence of draws that can be entered anywhere.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::Key;

/// The draws under one key: 64 bits each, numbered from 0. A clone continues exactly as the original would.
#[derive(Clone, Debug)]
pub struct Stream {
    chacha: ChaCha8Rng,
}

impl Stream {
    /// The ChaCha8 keystream under `key`, from its first draw.
    pub fn new(key: &Key) -> Stream {
        Stream { chacha: ChaCha8Rng::from_seed(key.bytes()) }
    }

    /// The next 64 bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        self.chacha.next_u64()
    }

    /// The next draw as a uniform variate, see [`unit()`].
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        unit(self.next_u64())
    }

    /// The next `draws.len()` draws: the same as as many calls of [`Stream::next_u64`], and faster.
    pub fn fill(&mut self, draws: &mut [u64]) {
        const DRAW: usize = size_of::<u64>();
        // As many bytes as the generator makes at a time.
        let mut bytes = [0; 256];
        for part in draws.chunks_mut(bytes.len() / DRAW) {
            let bytes = &mut bytes[..part.len() * DRAW];
            self.chacha.fill_bytes(bytes);
            for (draw, chunk) in part.iter_mut().zip(bytes.as_chunks::<DRAW>().0) {
                *draw = u64::from_le_bytes(*chunk);
            }
        }
    }

    /// Makes draw number `index` the next one, forwards or backwards. The cost does not depend on the distance.
    pub fn skip_to(&mut self, index: u64) {
        // The generator makes 32 draws at a time and starts over on any jump: short ways are walked.
        const WALK: u64 = 16;
        match index.checked_sub(self.position()) {
            Some(ahead) if ahead <= WALK => {
                for _ in 0..ahead {
                    self.next_u64();
                }
            }
            _ => self.chacha.set_word_pos(u128::from(index) * 2),
        }
    }

    /// The number of the next draw.
    pub fn position(&self) -> u64 {
        // A draw is two of the keystream's 32-bit words; the keystream is shorter than 2^64 draws, so nothing is cut.
        (self.chacha.get_word_pos() / 2) as u64
    }
}

/// Raw bits as a uniform variate in the open interval (0, 1): the top 52 bits, at the centre of their cell.
///
/// The result is an odd multiple of 2^-53, so it is never 0 or 1, its mean is exactly one half, and `1.0 - unit(bits)`
/// is exact and equals `unit(!bits)`.
#[inline]
pub const fn unit(bits: u64) -> f64 {
    // As the fraction of a number from 1 to 2, less 1 and half a cell. Both steps are exact.
    const BELOW: f64 = 1.0 - 0.5 / (1u64 << 52) as f64;
    f64::from_bits(1f64.to_bits() | bits >> 12) - BELOW
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Luck, Purpose};

    fn stream() -> Stream {
        Luck::new(11).stream(Purpose::TEST, Entity::of("stream"))
    }

    #[test]
    fn the_unit_interval_is_open_and_symmetric() {
        assert_eq!(unit(0), 0.5 / (1u64 << 52) as f64);
        assert_eq!(unit(u64::MAX), 1.0 - unit(0));
        assert!(unit(0) > 0.0 && unit(u64::MAX) < 1.0);
        for bits in [0, 1 << 12, 12_345 << 40, u64::MAX / 3] {
            assert_eq!(1.0 - unit(bits), unit(!bits), "{bits}");
        }
    }

    #[test]
    fn filling_gives_what_single_draws_give() {
        for (start, n) in [(0, 1), (0, 33), (5, 100), (31, 2), (3, 257)] {
            let mut one = stream();
            one.skip_to(start);
            let mut many = one.clone();
            let mut draws = vec![0; n];
            many.fill(&mut draws);
            let singles: Vec<u64> = (0..n).map(|_| one.next_u64()).collect();
            assert_eq!(draws, singles, "from {start}, {n} draws");
            assert_eq!(one.position(), many.position());
            assert_eq!(one.next_u64(), many.next_u64());
        }
    }

    #[test]
    fn any_draw_can_be_entered_directly() {
        let mut stream = stream();
        let draws: Vec<u64> = (0..200).map(|_| stream.next_u64()).collect();
        for index in [0, 1, 7, 8, 31, 32, 63, 64, 65, 199, 3, 100, 116, 117, 134, 0] {
            stream.skip_to(index);
            assert_eq!(stream.position(), index);
            assert_eq!(stream.next_u64(), draws[index as usize], "draw {index}");
        }
        stream.skip_to(1 << 40);
        assert_eq!(stream.position(), 1 << 40);
    }

    /// 1000 bins and a million draws: the statistic is chi-squared with 999 degrees of freedom, mean 999, standard
    /// deviation 44.7; the bounds are 4.5 standard deviations away (false failure below 1 in 100,000; seed fixed).
    #[test]
    fn uniforms_fill_the_interval_evenly() {
        let mut counts = [0u32; 1000];
        let mut stream = stream();
        for _ in 0..1_000_000 {
            counts[(stream.uniform() * 1000.0) as usize] += 1;
        }
        let statistic: f64 =
            counts.iter().map(|&count| (f64::from(count) - 1000.0) * (f64::from(count) - 1000.0)).sum();
        assert!((statistic / 1000.0 - 999.0).abs() < 4.5 * 44.7, "{}", statistic / 1000.0);
    }

    #[test]
    fn value_stability() {
        let mut stream = stream();
        assert_eq!([stream.next_u64(), stream.next_u64()], VALUES);
        assert_eq!(stream.uniform().to_bits(), UNIFORM);
    }

    // Computed by a second implementation, in another language.
    const VALUES: [u64; 2] = [5_301_703_419_222_079_670, 8_317_277_926_775_585_407];
    const UNIFORM: u64 = 0x3fd2_1ec9_bd3d_ec96;
}
