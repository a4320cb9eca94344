//! SHA-256 (FIPS 180-4), because std has none and the wrapper is compiled with nothing else.

/// The state of a digest.
pub struct Sha256 {
    state: [u32; 8],
    block: Vec<u8>,
    length: u64,
}

impl Sha256 {
    pub fn new() -> Self {
        Self { state: fractions(2), block: Vec::with_capacity(64), length: 0 }
    }

    /// Adds a field with its length, so that different fields never give the same bytes.
    pub fn field(&mut self, bytes: &[u8]) {
        self.update(&(bytes.len() as u64).to_le_bytes());
        self.update(bytes);
    }

    pub fn update(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        if !self.block.is_empty() {
            let part = bytes.len().min(64 - self.block.len());
            self.block.extend(&bytes[..part]);
            bytes = &bytes[part..];
            if self.block.len() < 64 {
                return;
            }
            let block = std::mem::take(&mut self.block);
            self.mix(&block);
        }
        let blocks = bytes.chunks_exact(64);
        self.block.extend(blocks.remainder());
        blocks.for_each(|block| self.mix(block));
    }

    fn mix(&mut self, block: &[u8]) {
        let mut w = [0u32; 64];
        for (word, four) in w.iter_mut().zip(block.chunks_exact(4)) {
            *word = u32::from_be_bytes([four[0], four[1], four[2], four[3]]);
        }
        for i in 16..64 {
            let a = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ (w[i - 15] >> 3);
            let b = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16].wrapping_add(a).wrapping_add(w[i - 7]).wrapping_add(b);
        }
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = self.state;
        for (k, w) in ROUNDS.iter().zip(w) {
            let s = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
            let one = h.wrapping_add(s).wrapping_add((e & f) ^ (!e & g)).wrapping_add(*k).wrapping_add(w);
            let s = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
            let two = s.wrapping_add((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(one), c, b, a, one.wrapping_add(two));
        }
        for (state, new) in self.state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
            *state = state.wrapping_add(new);
        }
    }

    pub fn hex(mut self) -> String {
        let bits = self.length * 8;
        self.update(&[0x80]);
        while self.block.len() != 56 {
            self.update(&[0]);
        }
        self.update(&bits.to_be_bytes());
        self.state.iter().map(|word| format!("{word:08x}")).collect()
    }
}

/// Its constants: the first 32 bits of the fractions of the cube roots of the first 64 primes.
const ROUNDS: [u32; 64] = fractions(3);

/// The same for square roots (power 2) or cube roots (power 3), by bisection.
const fn fractions<const N: usize>(power: u32) -> [u32; N] {
    let mut found = [0u32; N];
    let mut prime = 2;
    let mut count = 0;
    while count < N {
        if is_prime(prime) {
            found[count] = fraction(prime, power);
            count += 1;
        }
        prime += 1;
    }
    found
}

const fn is_prime(number: u32) -> bool {
    let mut divisor = 2;
    while divisor * divisor <= number {
        if number % divisor == 0 {
            return false;
        }
        divisor += 1;
    }
    true
}

/// The largest r with r^power <= prime * 2^(32 * power), without its whole part.
const fn fraction(prime: u32, power: u32) -> u32 {
    let wanted = (prime as u128) << (32 * power);
    let mut root: u128 = 0;
    let mut bit: u128 = 1 << 37;
    while bit > 0 {
        let larger = root | bit;
        if larger.pow(power) <= wanted {
            root = larger;
        }
        bit >>= 1;
    }
    root as u32
}
