//! Kubernetes' quantities: `200m`, `1.5`, `64Mi`, `2e3`.
//!
//! apimachinery's `resource.Quantity`: never a floating point number, no finer than a thousandth (rounded up), no more than 2^63-1.

/// The most that a quantity can be, in thousandths.
const MOST: u128 = (i64::MAX as u128) * 1000;

/// In thousandths. None where it is no quantity, or less than nothing.
pub fn thousandths(text: &str) -> Option<u128> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
        return None;
    }
    let (two, ten) = powers(suffix)?;
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    let decimals = i32::try_from(fraction.len()).ok()?;
    // A mantissa that no u128 holds is beyond the most or below a thousandth; which, the number of its digits tells.
    let Ok(mantissa) = digits.parse::<u128>() else {
        return Some(if i32::try_from(digits.len()).ok()? + ten + 3 > decimals { MOST } else { 1 });
    };
    let scaled = mantissa.checked_mul(1_u128 << two).and_then(|value| shifted(value, ten + 3 - decimals));
    Some(scaled.unwrap_or(MOST).min(MOST))
}

/// The powers of two and of ten that a suffix stands for.
fn powers(suffix: &str) -> Option<(u32, i32)> {
    const SUFFIXES: &[(&str, u32, i32)] = &[
        ("", 0, 0),
        ("n", 0, -9),
        ("u", 0, -6),
        ("m", 0, -3),
        ("k", 0, 3),
        ("M", 0, 6),
        ("G", 0, 9),
        ("T", 0, 12),
        ("P", 0, 15),
        ("E", 0, 18),
        ("Ki", 10, 0),
        ("Mi", 20, 0),
        ("Gi", 30, 0),
        ("Ti", 40, 0),
        ("Pi", 50, 0),
        ("Ei", 60, 0),
    ];
    if let Some((_, two, ten)) = SUFFIXES.iter().find(|(name, ..)| *name == suffix) {
        return Some((*two, *ten));
    }
    let exponent = suffix.strip_prefix(['e', 'E'])?.parse::<i32>().ok()?;
    Some((0, exponent.clamp(-100, 100)))
}

/// Times ten to this power, rounded up. None where that is more than a u128 holds.
fn shifted(value: u128, power: i32) -> Option<u128> {
    let ten = |power: u32| 10_u128.checked_pow(power);
    match u32::try_from(power) {
        Ok(power) => value.checked_mul(ten(power)?),
        Err(_) => Some(ten(power.unsigned_abs()).map_or(1, |divisor| value.div_ceil(divisor))),
    }
}

/// CPU units of ECS, of which a core has 1024.
pub fn cpu_units(thousandths: u128) -> u64 {
    u64::try_from((thousandths * 1024).div_ceil(1000)).unwrap_or(u64::MAX)
}

pub fn mebibytes(thousandths: u128) -> u64 {
    u64::try_from(thousandths.div_ceil(1000 << 20)).unwrap_or(u64::MAX)
}

pub fn gibibytes(thousandths: u128) -> u64 {
    u64::try_from(thousandths.div_ceil(1000 << 30)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_as_kubernetes_reads_them() {
        for (text, expected) in [
            ("0", Some(0)),
            ("1", Some(1000)),
            ("0.1", Some(100)),
            (".5", Some(500)),
            ("1.", Some(1000)),
            ("200m", Some(200)),
            ("0.1m", Some(1)),
            ("5n", Some(1)),
            ("1u", Some(1)),
            ("1k", Some(1_000_000)),
            ("64Mi", Some(64 * 1024 * 1024 * 1000)),
            ("1.5Gi", Some(1536 * 1024 * 1024 * 1000)),
            ("2e3", Some(2_000_000)),
            ("2E-3", Some(2)),
            ("1E", Some(10_u128.pow(21))),
            ("100E", Some(MOST)),
            ("100000000000000000000000000000000000000000000", Some(MOST)),
            ("0.00000000000000000000000000000000000000000000001", Some(1)),
            (
                "0.000000000000000000000000000000000000000000000012345678901234567890123456789012345678901234567890",
                Some(1),
            ),
            ("1e999", Some(MOST)),
            ("+3", Some(3000)),
            ("", None),
            ("-1", None),
            (".", None),
            ("1.2.3", None),
            ("1 Gi", None),
            ("1gi", None),
            ("Mi", None),
            ("1e", None),
            ("１", None),
        ] {
            assert_eq!(thousandths(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_ecs_counts_in_is_rounded_up() {
        for (text, expected) in [("200m", 205), ("1", 1024), ("250m", 256), ("1m", 2), ("0", 0)] {
            assert_eq!(thousandths(text).map(cpu_units), Some(expected), "{text}");
        }
        for (text, expected) in [("64Mi", 64), ("100M", 96), ("1", 1), ("1Gi", 1024)] {
            assert_eq!(thousandths(text).map(mebibytes), Some(expected), "{text}");
        }
        assert_eq!(thousandths("21G").map(gibibytes), Some(20));
    }
}
