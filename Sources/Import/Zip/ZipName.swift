internal import CZlib

/// An entry's name as text with `/` between its parts, whatever packed it.
///
/// APPNOTE (4.4.17, appendix D) has names in code page 437 unless a flag says UTF-8, and `/` between their parts. Finder writes
/// UTF-8 without the flag, Unix tools Latin-1, and .NET before 4.6.1 backslashes.
enum ZipName {
    /// - Parameters:
    ///   - unicode: Info-ZIP's extra field with the name in UTF-8 (0x7075), which holds the checksum of the other one.
    ///   - isUnix: whether it was packed on Unix.
    static func text(_ raw: [UInt8], unicode: [UInt8]?, isUnix: Bool) -> String {
        let name =
            unicodeName(unicode, for: raw) ?? String(validating: raw, as: UTF8.self) ?? eightBit(raw, isUnix: isUnix)
        return name.contains("/") ? name : name.replacing("\\", with: "/")
    }

    private static func unicodeName(_ field: [UInt8]?, for raw: [UInt8]) -> String? {
        guard let field, field.count > 5, field[0] == 1 else { return nil }
        let sum = field[1..<5].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard sum == UInt32(truncatingIfNeeded: crc32_z(0, raw, raw.count)) else { return nil }
        return String(validating: field[5...], as: UTF8.self)
    }

    /// Latin-1 where all that is not ASCII is a letter in it, code page 437 where it is one there; where both or neither holds,
    /// by who packed it.
    private static func eightBit(_ raw: [UInt8], isUnix: Bool) -> String {
        let high = raw.filter { $0 >= 0x80 }
        let isLatin = high.allSatisfy { $0 >= 0xC0 && $0 != 0xD7 && $0 != 0xF7 }
        let isDOS = high.allSatisfy { $0 <= 0x9A || (0xA0...0xA5).contains($0) || $0 == 0xE1 }
        let takesLatin = isLatin == isDOS ? isUnix : isLatin
        return takesLatin
            ? String(String.UnicodeScalarView(raw.map { Unicode.Scalar($0) }))
            : String(raw.map { $0 < 0x80 ? Character(Unicode.Scalar($0)) : codePage437[Int($0) - 0x80] })
    }

    private static let codePage437 = Array(
        """
        ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}
        """)
}
