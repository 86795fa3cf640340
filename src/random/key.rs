//! What a stream of draws is for, as the 32-byte key of a ChaCha8 keystream.

/// The full address of one stream. Option and world set are deliberately absent: they meet the same luck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Version of the key's layout: [`Key::TAG`].
    pub tag: u16,
    /// What is drawn.
    pub purpose: Purpose,
    /// The seed the user chose.
    pub seed: u64,
    /// Which draw of the uncertain inputs.
    pub world_draw: u32,
    /// Which play of luck.
    pub replication: u32,
    /// Which continuation of a forked run; 0 is the trunk.
    pub branch: u32,
    /// Whose luck it is.
    pub entity: Entity,
}

impl Key {
    /// The layout written by [`Key::bytes`]. It changes when the meaning of any byte does.
    pub const TAG: u16 = 1;

    /// The fields one after another in the order of declaration, little-endian: 2+2+8+4+4+4+8 = 32 bytes.
    pub fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[0..2].copy_from_slice(&self.tag.to_le_bytes());
        bytes[2..4].copy_from_slice(&self.purpose.0.to_le_bytes());
        bytes[4..12].copy_from_slice(&self.seed.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.world_draw.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.replication.to_le_bytes());
        bytes[20..24].copy_from_slice(&self.branch.to_le_bytes());
        bytes[24..32].copy_from_slice(&self.entity.0.to_le_bytes());
        bytes
    }
}

/// What a stream's draws decide. Numbers are part of every result's bytes: new ones are added, none is reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Purpose(pub u16);

impl Purpose {
    /// Gaps between arrivals. Entity: the source of the arrivals.
    pub const ARRIVALS: Purpose = Purpose(1);
    /// Times of goods, in fixed slots a consignment. Entity: the class, or a flight whose size is its own.
    pub const FLIGHT: Purpose = Purpose(2);
    /// Which consignments are sensitive or critical, and whose they are. Entity: as of the times.
    pub const MARKS: Purpose = Purpose(3);
    /// Whether a detection layer notices. Entity: the layer with the item examined.
    pub const LAYER: Purpose = Purpose(4);
    /// When the authorities demand something of the operator, and what. Entity: the demand's source.
    pub const DEMANDS: Purpose = Purpose(5);
    /// When a campaign begins, pauses and ends. Entity: the campaign.
    pub const CAMPAIGN: Purpose = Purpose(6);
    /// Which goods a campaign turns to. Entity: the campaign with the candidate.
    pub const TARGET: Purpose = Purpose(7);
    /// Time from an act to its effect. Entity: the item acted on.
    pub const LATENCY: Purpose = Purpose(8);
    /// When audits fall and what they find. Entity: the audit.
    pub const AUDIT: Purpose = Purpose(9);
    /// Tips from outside. Entity: the source of tips.
    pub const TIP: Purpose = Purpose(10);
    /// Service times and findings of an investigators' desk. Entity: the desk, or the case on it.
    pub const DESK: Purpose = Purpose(11);
    /// Where diverted traffic goes. Entity: the flight or consignor diverted.
    pub const DIVERSION: Purpose = Purpose(12);
    /// When a campaign lies low after a disturbance, and for how long. Entity: the campaign.
    pub const PAUSE: Purpose = Purpose(13);
    /// Irregularities of the timetable. Entity: the rotation.
    pub const TIMETABLE: Purpose = Purpose(14);
    /// Weight on board. Entity: the flight.
    pub const TONNAGE: Purpose = Purpose(15);
    /// Values of the uncertain inputs, once a world draw. Entity: the path of the input.
    pub const ASSUMPTION: Purpose = Purpose(16);
    /// Choices of statistical methods: resampling, scrambling. Entity: the method with its subject.
    pub const METHOD: Purpose = Purpose(17);
    /// Which world an exercise is played in. Entity: the exercise.
    pub const EXERCISE: Purpose = Purpose(18);
    /// On which days an operator's systems are set up anew. Entity: the safeguard with the operator.
    pub const RESET: Purpose = Purpose(24);
    /// Goods that are simulated one by one where others are not. Entity: the class with the day.
    pub const TOUCHED: Purpose = Purpose(25);
    /// The first of the numbers from which tests take theirs; the model never does.
    pub const TEST: Purpose = Purpose(0xff00);
}

/// Whose luck: a 64-bit digest of a document id and of ordinals, independent of how many others exist.
///
/// Two of a million entities share a digest with a chance of about 3 in 10^8 (birthday bound); they would then share
/// luck, and nothing else would go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entity(pub u64);

impl Entity {
    /// The entity with this document id: FNV-1a (64 bits, offset basis and prime as published by Fowler, Noll and Vo)
    /// over its UTF-8 bytes, then the finaliser of SplitMix64, since FNV alone leaves the high bits of short ids alike.
    pub const fn of(id: &str) -> Entity {
        Entity(mix(fnv_1a(0xcbf2_9ce4_8422_2325, id)))
    }

    /// The `ordinal`th of this entity's parts. Different ordinals of one entity never collide.
    pub const fn nth(self, ordinal: u64) -> Entity {
        // The sum keeps ordinal 0 from being a fixed point of the finaliser.
        Entity(mix(self.0 ^ mix(ordinal.wrapping_add(GOLDEN))))
    }

    /// This entity in its relation to the one with document id `id`; `a.with("b")` is not `b.with("a")`.
    pub const fn with(self, id: &str) -> Entity {
        Entity(mix(fnv_1a(self.0, id)))
    }
}

/// 2^64 divided by the golden ratio, made odd.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// FNV-1a from a given state: exclusive or with each byte, then times the 64-bit FNV prime.
const fn fnv_1a(mut state: u64, text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        state = (state ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    state
}

/// A bijection of 64 bits in which each input bit flips each output bit with a chance near one half: the finaliser
/// of SplitMix64 (Stafford's variant 13).
const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_key_lays_its_fields_out_in_order() {
        let key = Key {
            tag: 0x0201,
            purpose: Purpose(0x0403),
            seed: 0x0c0b_0a09_0807_0605,
            world_draw: 0x100f_0e0d,
            replication: 0x1413_1211,
            branch: 0x1817_1615,
            entity: Entity(0x201f_1e1d_1c1b_1a19),
        };
        let expect: Vec<u8> = (1..=32).collect();
        assert_eq!(key.bytes().to_vec(), expect);
    }

    #[test]
    fn fnv_gives_its_published_values() {
        // From the test vectors of the FNV reference page: "", "a", "foobar".
        for (text, expect) in
            [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            assert_eq!(fnv_1a(0xcbf2_9ce4_8422_2325, text), expect, "{text:?}");
        }
    }

    #[test]
    fn neighbours_get_digests_far_apart() {
        let hub = Entity::of("hub");
        let mut seen = BTreeSet::new();
        for i in 0..1000 {
            seen.insert(hub.nth(i).0);
            seen.insert(Entity::of("other").nth(i).0);
            seen.insert(hub.with(&i.to_string()).0);
            let flipped = (hub.nth(i).0 ^ hub.nth(i + 1).0).count_ones();
            assert!((8..=56).contains(&flipped), "{i}: {flipped} bits differ");
        }
        assert_eq!(seen.len(), 3000);
        assert_ne!(Entity::of("a").with("b"), Entity::of("b").with("a"));
    }

    #[test]
    fn value_stability() {
        assert_eq!(Entity::of("").0, VALUES[0]);
        assert_eq!(Entity::of("layers.seal-check").0, VALUES[1]);
        assert_eq!(Entity::of("layers.seal-check").nth(0).0, VALUES[2]);
        assert_eq!(Entity::of("layers.seal-check").nth(41).0, VALUES[3]);
        assert_eq!(Entity::of("layers.seal-check").with("night").0, VALUES[4]);
    }

    // Computed by a second implementation, in another language.
    const VALUES: [u64; 5] = [
        0xf52a_15e9_a9b5_e89b,
        0xd242_65b4_530c_86c5,
        0xc7d5_c548_3883_d9c3,
        0x5213_edd1_05e3_5249,
        0x8409_aebc_707f_ac08,
    ];
}
