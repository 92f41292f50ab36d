extension String {
    /// This text with what a terminal would obey written out: an escape character as `\x1B`.
    ///
    /// Paths and answers of servers may hold anything. Line ends and tabs stay; so do all other characters but those that turn the
    /// direction of writing around.
    public var shown: String {
        writingOut { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return scalar.value > 0xFF ? "\\u{\(digits)}" : "\\x" + (digits.count < 2 ? "0" : "") + digits
        }
    }

    /// This JSON text with the same characters, which can only be in its strings, written as JSON's own escapes: `\u202e`.
    public var shownAsJSON: String {
        writingOut { scalar in
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }

    private func writingOut(_ text: (Unicode.Scalar) -> String) -> String {
        // Lists are printed through this: most lines hold no byte that any of these characters begins with.
        guard utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }),
            unicodeScalars.contains(where: \.isObeyed)
        else { return self }
        var shown = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar.isObeyed {
                shown.append(contentsOf: text(scalar).unicodeScalars)
            } else {
                shown.append(scalar)
            }
        }
        return String(shown)
    }
}

extension Unicode.Scalar {
    fileprivate var isObeyed: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F: true
        // Embeddings, overrides and isolates of direction.
        case 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
