//! Packs the tables of a font as WOFF 1.0 (W3C, 2012), and bytes as base64 (RFC 4648).

use super::subset::Table;

/// How hard deflate tries, from 0 to 10.
const LEVEL: u8 = 10;

/// Shorter tables are stored as they are: what packing them would save is less than it costs to set up.
const WORTH_PACKING: usize = 128;

/// A WOFF file of the tables, which are ordered by tag.
pub(super) fn woff(tables: &[Table]) -> Option<Vec<u8>> {
    let count = tables.len();
    let mut directory = Vec::new();
    let mut body = Vec::new();
    let start = 44 + 20 * count;
    let mut unpacked = 12 + 16 * count;
    for Table { tag, data } in tables {
        let pack = || miniz_oxide::deflate::compress_to_vec_zlib(data, LEVEL);
        let packed = (data.len() >= WORTH_PACKING).then(pack).filter(|packed| packed.len() < data.len());
        let stored = packed.as_ref().unwrap_or(data);
        directory.extend(tag);
        push32(&mut directory, start + body.len())?;
        push32(&mut directory, stored.len())?;
        push32(&mut directory, data.len())?;
        directory.extend(checksum(tag, data).to_be_bytes());
        body.extend(stored);
        body.resize(body.len().next_multiple_of(4), 0);
        unpacked += data.len().next_multiple_of(4);
    }
    let mut file = b"wOFF\x00\x01\x00\x00".to_vec();
    push32(&mut file, start + body.len())?;
    file.extend(u16::try_from(count).ok()?.to_be_bytes());
    file.extend([0, 0]);
    push32(&mut file, unpacked)?;
    file.extend([0, 1, 0, 0]); // version of the font, then no metadata and no private data
    file.extend([0; 20]);
    file.extend(directory);
    file.extend(body);
    Some(file)
}

/// The sum of a table's 32-bit words; `head` counts without its own adjustment field.
fn checksum(tag: &[u8; 4], data: &[u8]) -> u32 {
    data.chunks(4).enumerate().filter(|(i, _)| tag != b"head" || *i != 2).fold(0, |sum: u32, (_, word)| {
        let byte = |i: usize| u32::from(word.get(i).copied().unwrap_or(0));
        sum.wrapping_add(byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3))
    })
}

fn push32(out: &mut Vec<u8>, n: usize) -> Option<()> {
    out.extend(u32::try_from(n).ok()?.to_be_bytes());
    Some(())
}

/// Bytes as base64 with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = usize::try_from(bits >> (18 - 6 * i) & 63).unwrap_or(0);
            text.push(if i <= three.len() { char::from(DIGITS[digit]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let words: Vec<String> =
            ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|w| base64(w.as_bytes())).to_vec();
        assert_eq!(words, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }

    #[test]
    fn tables_can_be_read_back() {
        let data = b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab".repeat(4);
        let file = woff(&[Table { tag: *b"glyf", data: data.clone() }]).unwrap();
        let word = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(word(8), file.len());
        let packed = &file[word(48)..word(48) + word(52)];
        assert_eq!(miniz_oxide::inflate::decompress_to_vec_zlib(packed).unwrap(), data);
    }
}
