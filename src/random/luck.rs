//! Where all streams of one run come from.

use super::{Entity, Key, Purpose, Stream};

/// The luck of one run: seed, world draw, replication and branch. Copies give the same streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Luck {
    seed: u64,
    world_draw: u32,
    replication: u32,
    branch: u32,
}

impl Luck {
    /// Luck of world draw 0, replication 0, on the trunk.
    pub const fn new(seed: u64) -> Luck {
        Luck { seed, world_draw: 0, replication: 0, branch: 0 }
    }

    /// The same with the given draw of the uncertain inputs.
    pub const fn world_draw(self, world_draw: u32) -> Luck {
        Luck { world_draw, ..self }
    }

    /// The same in the given play of luck.
    pub const fn replication(self, replication: u32) -> Luck {
        Luck { replication, ..self }
    }

    /// The same on the given branch: streams taken out from now on differ from the trunk's, which is branch 0.
    pub const fn branch(self, branch: u32) -> Luck {
        Luck { branch, ..self }
    }

    /// The seed the user chose.
    pub const fn seed(self) -> u64 {
        self.seed
    }

    /// The address of the stream for a purpose and an entity.
    pub const fn key(self, purpose: Purpose, entity: Entity) -> Key {
        let Luck { seed, world_draw, replication, branch } = self;
        Key { tag: Key::TAG, purpose, seed, world_draw, replication, branch, entity }
    }

    /// The stream for a purpose and an entity, at its first draw. Asking again starts it afresh.
    pub fn stream(self, purpose: Purpose, entity: Entity) -> Stream {
        Stream::new(&self.key(purpose, entity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_address_matters() {
        let luck = Luck::new(1);
        let entity = Entity::of("x");
        let mut first: Vec<u64> = [
            luck.stream(Purpose::AUDIT, entity),
            luck.stream(Purpose::TIP, entity),
            luck.stream(Purpose::AUDIT, entity.nth(0)),
            luck.world_draw(1).stream(Purpose::AUDIT, entity),
            luck.replication(1).stream(Purpose::AUDIT, entity),
            luck.branch(1).stream(Purpose::AUDIT, entity),
            Luck::new(2).stream(Purpose::AUDIT, entity),
        ]
        .iter_mut()
        .map(|stream| stream.next_u64())
        .collect();
        first.sort_unstable();
        first.dedup();
        assert_eq!(first.len(), 7);
    }

    #[test]
    fn value_stability() {
        let luck = Luck::new(20_260_101).world_draw(3).replication(5).branch(7);
        let mut stream = luck.stream(Purpose::LAYER, Entity::of("seal-check").nth(9));
        assert_eq!([stream.next_u64(), stream.next_u64(), stream.next_u64()], VALUES);
    }

    // Computed by a second implementation of key, digest and ChaCha8, in another language.
    const VALUES: [u64; 3] = [5_614_570_136_024_483_186, 16_215_906_070_556_417_154, 18_269_486_770_583_123_845];
}
