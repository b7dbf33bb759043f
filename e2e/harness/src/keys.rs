//! The secrets of one cluster, made anew for it.

use std::fmt::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

use crate::error::{Error, Result};
use crate::process::write_private;

/// A bearer token that nobody can guess.
pub(crate) fn token() -> Result<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Error::NoRandomness)?;
    let mut hex = String::new();
    for byte in bytes {
        let _ = write!(hex, "{byte:02x}");
    }
    Ok(hex)
}

/// Writes the pair of keys for the tokens of service accounts, as PEM: one signs them, one checks them.
pub(crate) fn write_signing_keys(private: &Path, public: &Path) -> Result<()> {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).map_err(|_| Error::NoRandomness)?;
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random);
    let pair = pair.map_err(|e| Error::malformed("a new key", &e))?;
    write_private(private, &pem("PRIVATE KEY", pkcs8.as_ref()))?;
    write_private(public, &pem("PUBLIC KEY", &[P256_PREFIX, pair.public_key().as_ref()].concat()))
}

/// What stands before the point of a P-256 public key in DER: that it is one (RFC 5480).
const P256_PREFIX: &[u8] =
    b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00";

fn pem(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der))
}
