internal import Foundation

/// The letters that sheets are labelled with: drawn for them, so that no font need be installed and any size is sharp.
///
/// All of ASCII, the signs that our labels use, and what is made of them by accents. Digits are of one width.
enum Alphabet {
    /// The letter for a character; an empty box for one that is not drawn.
    static func letter(for character: Character) -> Letter {
        letters[character] ?? accented(character) ?? box
    }

    private static let box = Letter(width: 10, way: "m0,0 l10,0 l10,20 l0,20 l0,0")

    /// A letter with marks above or below it, as Unicode takes it apart.
    private static func accented(_ character: Character) -> Letter? {
        let parts = String(character).decomposedStringWithCanonicalMapping.unicodeScalars.map(Character.init)
        guard parts.count > 1, let base = parts.first, var letter = letters[base == "i" ? "ı" : base] else {
            return nil
        }
        let top = base.isUppercase ? Letter.capitalHeight : Letter.smallHeight
        for part in parts.dropFirst() {
            guard let mark = marks[part] else { return nil }
            let isBelow = part == "\u{0327}" || part == "\u{0328}"
            letter = letter.with(mark, right: (letter.width - mark.width) / 2, up: isBelow ? 0 : top)
        }
        return letter
    }

    /// Combining marks, above a letter's top or below the line.
    private static let marks: [Character: Letter] = [
        "\u{0300}": Letter(width: 4, way: "m0,6.5 l4,3"),
        "\u{0301}": Letter(width: 4, way: "m4,6.5 l0,3"),
        "\u{0302}": Letter(width: 8, way: "m0,3 l4,6.5 l8,3"),
        "\u{0303}": Letter(width: 9, way: "m0,3.5 q2.5,6.5,4.5,4.7 q6.5,3,9,5.8"),
        "\u{0304}": Letter(width: 8, way: "m0,4.5 l8,4.5"),
        "\u{0306}": Letter(width: 8, way: "m0,6.5 v4,3 h8,6.5"),
        "\u{0307}": Letter(width: 0, way: "m0,4.8"),
        "\u{0308}": Letter(width: 6, way: "m0,4.8 m6,4.8"),
        "\u{030A}": Letter(width: 5, way: "m2.5,7.6 h0,5.2 v2.5,2.8 h5,5.2 v2.5,7.6"),
        "\u{030B}": Letter(width: 8, way: "m3,6.5 l0,3 m8,6.5 l5,3"),
        "\u{030C}": Letter(width: 8, way: "m0,6.5 l4,3 l8,6.5"),
        "\u{0327}": Letter(width: 4, way: "m2,0 l2,-2 h4,-3.8 v2,-5.6 l0,-5.6"),
        "\u{0328}": Letter(width: 4, way: "m3,0 h0,-3.5 v2.5,-5.6 l4,-5.4"),
    ]

    private static let ampersand =
        "m14,0 l2.9,13.7 q1.6,15.2,1.6,16.4 v5.2,20 "
        + "h8.8,16.6 q8.8,13.8,4.6,11.6 q0,9,0,5 v5.2,0 q11,0,13,8.8"

    private static let commercialAt =
        "m10,13.4 h5.4,9 v10,4.6 h13.8,9 v10,13.4 m13.8,13.4 "
        + "l13.8,6.8 v16.4,4.6 h19,9.6 v9.7,19 h0,8.5 v9.5,-2 q13,-2,15.4,-0.4"

    private static let letters: [Character: Letter] = [
        " ": Letter(width: 3, way: ""),
        "0": Letter(width: 12, way: "m6,20 h0,13 l0,7 v6,0 h12,7 l12,13 v6,20"),
        "1": Letter(width: 12, way: "m2,15.5 l7.5,20 l7.5,0"),
        "2": Letter(width: 12, way: "m0.5,15.2 v6,20 h11.5,14.8 q11.5,11.5,8.5,8.5 l0,0 l12,0"),
        "3": Letter(width: 12, way: "m0.5,16 v6,20 h11.3,15.4 v6.3,10.8 l4.5,10.8 m6.3,10.8 h12,5.4 v6,0 h0,4.3"),
        "4": Letter(width: 12, way: "m9,0 l9,20 l0,5.2 l12,5.2"),
        "5": Letter(width: 12, way: "m10.8,20 l1.6,20 l1,11.2 q3.2,12.8,6,12.8 h12,6.5 v6,0 h0,4"),
        "6": Letter(width: 12, way: "m9.2,20 q0,15,0,6.5 v6,0 h12,6.5 v6,12.9 h0,6.5"),
        "7": Letter(width: 12, way: "m0,20 l12,20 l4,0"),
        "8": Letter(width: 12, way: "m6,20 h0.8,15.4 v6,10.8 h11.2,15.4 v6,20 m6,10.8 h0,5.4 v6,0 h12,5.4 v6,10.8"),
        "9": Letter(width: 12, way: "m2.8,0 q12,5,12,13.5 v6,20 h0,13.5 v6,7.1 h12,13.5"),
        "A": Letter(width: 15, way: "m0,0 l7.5,20 l15,0 m2.6,7 l12.4,7"),
        "B": Letter(width: 12, way: "m0,10.6 l7,10.6 h12,5.3 v7,0 l0,0 l0,20 l6.3,20 h11,15.3 v6.3,10.6"),
        "C": Letter(width: 13.5, way: "m13.5,15 v7,20 h0,13 l0,7 v7,0 h13.5,5"),
        "D": Letter(width: 13, way: "m0,0 l0,20 l5.5,20 h13,12.5 l13,7.5 v5.5,0 l0,0"),
        "E": Letter(width: 11, way: "m11,20 l0,20 l0,0 l11,0 m0,10.4 l9.5,10.4"),
        "F": Letter(width: 11, way: "m11,20 l0,20 l0,0 m0,10 l9.5,10"),
        "G": Letter(width: 14, way: "m13.6,15.4 v7,20 h0,13 l0,7 v7,0 h14,7 l14,9.4 l8,9.4"),
        "H": Letter(width: 13, way: "m0,0 l0,20 m13,0 l13,20 m0,10.4 l13,10.4"),
        "I": Letter(width: 0, way: "m0,0 l0,20"),
        "J": Letter(width: 9, way: "m9,20 l9,5.5 v4.5,0 h0,4.8"),
        "K": Letter(width: 12.5, way: "m0,0 l0,20 m12,20 l0,7.8 m4.2,12.1 l12.5,0"),
        "L": Letter(width: 10.5, way: "m0,20 l0,0 l10.5,0"),
        "M": Letter(width: 16, way: "m0,0 l0,20 l8,6.5 l16,20 l16,0"),
        "N": Letter(width: 13, way: "m0,0 l0,20 l13,0 l13,20"),
        "O": Letter(width: 14, way: "m7,20 h0,13 l0,7 v7,0 h14,7 l14,13 v7,20"),
        "P": Letter(width: 12, way: "m0,0 l0,20 l6.7,20 h12,14.6 v6.7,9.2 l0,9.2"),
        "Q": Letter(width: 14, way: "m7,20 h0,13 l0,7 v7,0 h14,7 l14,13 v7,20 m9,4.8 l14,-0.8"),
        "R": Letter(width: 12.5, way: "m0,0 l0,20 l6.7,20 h12,14.6 v6.7,9.2 l0,9.2 m7,9.2 l12.5,0"),
        "S": Letter(width: 12, way: "m11.4,16 v6,20 h0.5,15.3 v6,10.6 h12,5.3 v6,0 h0,4.2"),
        "T": Letter(width: 13, way: "m0,20 l13,20 m6.5,20 l6.5,0"),
        "U": Letter(width: 13, way: "m0,20 l0,7 v6.5,0 h13,7 l13,20"),
        "V": Letter(width: 14, way: "m0,20 l7,0 l14,20"),
        "W": Letter(width: 20, way: "m0,20 l5,0 l10,18 l15,0 l20,20"),
        "X": Letter(width: 13, way: "m0,20 l13,0 m0,0 l13,20"),
        "Y": Letter(width: 14, way: "m0,20 l7,9.5 l14,20 m7,9.5 l7,0"),
        "Z": Letter(width: 12, way: "m0,20 l12,20 l0,0 l12,0"),
        "a": Letter(width: 10, way: "m0.8,11.2 v5.2,14 h10,9.6 l10,0 m10,8.2 l4.6,8.2 h0,4.1 v4.4,0 h10,4.6"),
        "b": Letter(width: 11, way: "m0,20 l0,0 m0,8.6 v5.5,14 h11,8.4 l11,5.6 v5.5,0 h0,5.4"),
        "c": Letter(width: 10, way: "m10,10.4 v5.3,14 h0,8.4 l0,5.6 v5.3,0 h10,3.6"),
        "d": Letter(width: 11, way: "m11,20 l11,0 m11,8.6 v5.5,14 h0,8.4 l0,5.6 v5.5,0 h11,5.4"),
        "e": Letter(width: 11, way: "m0,7.3 l11,7.3 l11,8.4 v5.5,14 h0,8.4 l0,5.6 v5.7,0 h10.6,3.4"),
        "f": Letter(width: 7, way: "m8,20 l7,20 h3,16 l3,0 m0,14 l7,14"),
        "g": Letter(width: 11, way: "m11,14 l11,-1 v5.7,-6 h0.6,-3.6 m11,8.6 v5.5,14 h0,8.4 l0,5.6 v5.5,0 h11,5.4"),
        "h": Letter(width: 10, way: "m0,20 l0,0 m0,8.6 v5.3,14 h10,9 l10,0"),
        "i": Letter(width: 0, way: "m0,14 l0,0 m0,19.6 l0,19.7"),
        "ı": Letter(width: 0, way: "m0,14 l0,0"),
        "j": Letter(width: 3, way: "m3,14 l3,-2.5 v0,-6 l-0.5,-6 m3,19.6 l3,19.7"),
        "k": Letter(width: 9.5, way: "m0,20 l0,0 m9,14 l0,5.4 m3.4,8.5 l9.5,0"),
        "l": Letter(width: 3, way: "m0,20 l0,3.4 v3,0 l3.4,0"),
        "m": Letter(width: 17, way: "m0,14 l0,0 m0,9 v4.6,14 h8.5,9.3 l8.5,0 m8.5,9 v13.1,14 h17,9.3 l17,0"),
        "n": Letter(width: 10, way: "m0,14 l0,0 m0,8.6 v5.3,14 h10,9 l10,0"),
        "o": Letter(width: 11, way: "m5.5,14 h0,8.4 l0,5.6 v5.5,0 h11,5.6 l11,8.4 v5.5,14"),
        "p": Letter(width: 11, way: "m0,14 l0,-6 m0,8.6 v5.5,14 h11,8.4 l11,5.6 v5.5,0 h0,5.4"),
        "q": Letter(width: 11, way: "m11,14 l11,-6 m11,8.6 v5.5,14 h0,8.4 l0,5.6 v5.5,0 h11,5.4"),
        "r": Letter(width: 6.5, way: "m0,14 l0,0 m0,8.4 v5.2,14 l6.6,14"),
        "s": Letter(width: 9, way: "m8.5,11.3 v4.6,14 h0.4,10.7 v4.6,7.4 h9,3.7 v4.4,0 h0,2.9"),
        "t": Letter(width: 7.5, way: "m3,18.6 l3,3.6 v6.4,0 l7.6,0 m0,14 l7.2,14"),
        "u": Letter(width: 10, way: "m0,14 l0,5 v4.7,0 h10,5.4 m10,14 l10,0"),
        "v": Letter(width: 10.5, way: "m0,14 l5.25,0 l10.5,14"),
        "w": Letter(width: 16, way: "m0,14 l4,0 l8,12.4 l12,0 l16,14"),
        "x": Letter(width: 10, way: "m0,14 l10,0 m0,0 l10,14"),
        "y": Letter(width: 10.5, way: "m0,14 l5.3,0.4 m10.5,14 l4.4,-2.6 q3.2,-6,0.6,-6"),
        "z": Letter(width: 9.5, way: "m0,14 l9.5,14 l0,0 l9.5,0"),
        "ß": Letter(width: 11, way: "m0,0 l0,15 v5,20 h9.6,15.6 v5,11.2 h11,5.6 v5.5,0 l4.2,0"),
        "ø": Letter(width: 11, way: "m5.5,14 h0,8.4 l0,5.6 v5.5,0 h11,5.6 l11,8.4 v5.5,14 m0.4,-1.4 l10.6,15.4"),
        "Ø": Letter(width: 14, way: "m7,20 h0,13 l0,7 v7,0 h14,7 l14,13 v7,20 m0.4,-1.4 l13.6,21.4"),
        "ł": Letter(width: 4, way: "m0.8,20 l0.8,3.4 v3.8,0 l4.2,0 m-1.8,8.6 l4,13"),
        "Ł": Letter(width: 10.5, way: "m0,20 l0,0 l10.5,0 m-3,7.4 l5,13"),
        ".": Letter(width: 0, way: "m0,0.2 l0,0.3"),
        ",": Letter(width: 1.5, way: "m1.5,0.6 l0,-3.6"),
        ":": Letter(width: 0, way: "m0,1 l0,1.1 m0,11.9 l0,12"),
        ";": Letter(width: 1.5, way: "m1.5,0.6 l0,-3.6 m1.5,11.9 l1.5,12"),
        "!": Letter(width: 0, way: "m0,20 l0,6.4 m0,0.2 l0,0.3"),
        "?": Letter(width: 9.5, way: "m0,15.6 v4.9,20 h9.5,15.4 q9.5,12.6,7,10.8 q4.8,9.2,4.8,6.2 m4.8,0.2 l4.8,0.3"),
        "'": Letter(width: 0, way: "m0,20 l0,14.5"),
        "\"": Letter(width: 4, way: "m0,20 l0,14.5 m4,20 l4,14.5"),
        "`": Letter(width: 4, way: "m0,20 l4,16.5"),
        "(": Letter(width: 4, way: "m4,22.5 q0,17,0,9.5 q0,2,4,-3.5"),
        ")": Letter(width: 4, way: "m0,22.5 q4,17,4,9.5 q4,2,0,-3.5"),
        "[": Letter(width: 4, way: "m4,22 l0,22 l0,-3 l4,-3"),
        "]": Letter(width: 4, way: "m0,22 l4,22 l4,-3 l0,-3"),
        "{": Letter(width: 5.5, way: "m5.5,22 h2.5,19 l2.5,12.5 v0,9.5 h2.5,6.5 l2.5,0 v5.5,-3"),
        "}": Letter(width: 5.5, way: "m0,22 h3,19 l3,12.5 v5.5,9.5 h3,6.5 l3,0 v0,-3"),
        "/": Letter(width: 8, way: "m0,-3 l8,22"),
        "\\": Letter(width: 8, way: "m0,22 l8,-3"),
        "|": Letter(width: 0, way: "m0,22 l0,-4"),
        "-": Letter(width: 6, way: "m0,7.6 l6,7.6"),
        "–": Letter(width: 11, way: "m0,7.6 l11,7.6"),
        "—": Letter(width: 18, way: "m0,7.6 l18,7.6"),
        "_": Letter(width: 12, way: "m0,-3 l12,-3"),
        "+": Letter(width: 12, way: "m0,8.5 l12,8.5 m6,14.5 l6,2.5"),
        "=": Letter(width: 12, way: "m0,11.2 l12,11.2 m0,5.6 l12,5.6"),
        "<": Letter(width: 11, way: "m11,14.5 l0,8.5 l11,2.5"),
        ">": Letter(width: 11, way: "m0,14.5 l11,8.5 l0,2.5"),
        "~": Letter(width: 12, way: "m0,7 q2.8,11.8,6,8.6 q9.2,5.4,12,10"),
        "^": Letter(width: 10, way: "m0,13 l5,20 l10,13"),
        "*": Letter(width: 8, way: "m4,20 l4,11 m0.1,17.75 l7.9,13.25 m0.1,13.25 l7.9,17.75"),
        "#": Letter(width: 14, way: "m4.8,20 l2.6,0 m11.4,20 l9.2,0 m1,13.6 l14,13.6 m0,6.4 l13,6.4"),
        "%": Letter(
            width: 17,
            way: "m3.8,20 h0,16 v3.8,12 h7.6,16 v3.8,20 m13.8,20 l3.2,0 m13.2,8 h9.4,4 v13.2,0 h17,4 v13.2,8"),
        "&": Letter(width: 14, way: ampersand),
        "@": Letter(width: 19, way: commercialAt),
        "$": Letter(width: 12, way: "m11.4,16 v6,20 h0.5,15.3 v6,10.6 h12,5.3 v6,0 h0,4.2 m6,23 l6,-3"),
        "·": Letter(width: 0, way: "m0,7.6 l0,7.7"),
        "…": Letter(width: 12, way: "m0,0.2 l0,0.3 m6,0.2 l6,0.3 m12,0.2 l12,0.3"),
        "°": Letter(width: 6, way: "m3,20 h0,17 v3,14 h6,17 v3,20"),
        "×": Letter(width: 9, way: "m0,4 l9,13 m0,13 l9,4"),
        "’": Letter(width: 1.5, way: "m1.5,20 l0,15.8"),
        "‘": Letter(width: 1.5, way: "m0,20 l1.5,15.8"),
        "“": Letter(width: 5.5, way: "m0,20 l1.5,15.8 m4,20 l5.5,15.8"),
        "”": Letter(width: 5.5, way: "m1.5,20 l0,15.8 m5.5,20 l4,15.8"),
        "µ": Letter(width: 10, way: "m0,14 l0,-6 m0,5 v4.7,0 h10,5.4 m10,14 l10,0"),
    ]
}
