//! What is random here, by a seed: whoever gives the same one sees the same throws.

/// `SplitMix64`.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }

    /// One of the numbers below this.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).expect("less than the sides")
    }
}

#[test]
fn dice_repeat_themselves_and_show_every_side() {
    let throws = |seed| {
        let mut dice = Dice::new(seed);
        (0..60).map(|_| dice.below(6)).collect::<Vec<_>>()
    };
    assert_eq!(throws(1), throws(1), "the same seed shows something else");
    assert_ne!(throws(1), throws(2), "every seed shows the same");
    assert!((0..6).all(|side| throws(1).contains(&side)), "a side never shows: {:?}", throws(1));
}
