internal import Vocabulary

/// Texts and shapes over a video, as Advanced SubStation Alpha v4+ (ASS), which libass draws.
struct SubtitleFile {
    /// How many times as long a video's time is here.
    static let slowness = 10

    /// Where a text stands, by the keys of a numeric keypad.
    enum Corner: Int {
        case lowerLeft = 1
        case lowerRight = 3
        case upperLeft = 7
        case upperRight = 9
    }

    private(set) var text: String

    /// - Parameter fontSize: the height of a line in pixels.
    init(size: PixelSize, font: String, fontSize: Int, marginBelow: Int) {
        let margin = max(4, min(size.width, size.height) / 40)
        let outline = (Double(fontSize) / 14).formatted(places: 1)
        // White, with a soft dark edge that shows it on any ground: colours are &HAABBGGRR, AA 00 opaque.
        let style = [Corner.lowerLeft, .lowerRight, .upperLeft, .upperRight].map { corner in
            let vertical = corner.rawValue < 4 ? margin + marginBelow : margin
            return
                "Style: \(corner),\(font),\(fontSize),&H00FFFFFF,&H00FFFFFF,&H50000000,&H80000000,0,0,0,0,100,100,0,0,"
                + "1,\(outline),0,\(corner.rawValue),\(margin),\(margin),\(vertical),1"
        }
        text = """
            [Script Info]
            ScriptType: v4.00+
            PlayResX: \(size.width)
            PlayResY: \(size.height)
            WrapStyle: 0
            ScaledBorderAndShadow: yes

            [V4+ Styles]
            Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
            Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, \
            MarginR, MarginV, Encoding
            \(style.joined(separator: "\n"))
            Style: Shape,\(font),\(fontSize),&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,1

            [Events]
            Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text

            """
    }

    /// Shows a text from one instant to another, in microseconds.
    mutating func add(_ words: String, in corner: Corner, _ times: Range<Int64>) {
        event(layer: 2, times, style: "\(corner)", #"{\blur0.6}"# + Self.escaped(words))
    }

    /// Shows a rectangle.
    ///
    /// - Parameters:
    ///   - colour: red, green and blue, most significant first.
    ///   - transparency: 0 none to 255.
    mutating func addBar(
        x: Int, y: Int, _ size: PixelSize, colour: Int, transparency: Int, layer: Int, _ times: Range<Int64>
    ) {
        guard size.width > 0 else { return }
        let (red, green, blue) = (colour >> 16 & 255, colour >> 8 & 255, colour & 255)
        let colours = [blue, green, red].map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
        let clear = String(transparency, radix: 16, uppercase: true)
        event(
            layer: layer, times, style: "Shape",
            "{\\pos(\(x),\(y))\\1c&H\(colours)&\\1a&H\(clear)&\\p1}"
                + "m 0 0 l \(size.width) 0 l \(size.width) \(size.height) l 0 \(size.height)")
    }

    private mutating func event(layer: Int, _ times: Range<Int64>, style: String, _ words: String) {
        let (start, end) = (Self.time(times.lowerBound), Self.time(times.upperBound))
        text += "Dialogue: \(layer),\(start),\(end),\(style),,0,0,0,,\(words)\n"
    }

    /// `0:00:05.27`, rounded down, so that a frame that begins then is not too early.
    private static func time(_ microseconds: Int64) -> String {
        let hundredths = Int(microseconds * Int64(slowness) / 10_000)
        let (seconds, minutes, hours) = (hundredths / 100 % 60, hundredths / 6000 % 60, hundredths / 360_000)
        return "\(hours):\(minutes.padded(2)):\(seconds.padded(2)).\((hundredths % 100).padded(2))"
    }

    /// Braces begin overrides, and a backslash some of them: it cannot be escaped, but parted from what follows by a
    /// character that is not seen (U+2060, word joiner).
    static func escaped(_ words: String) -> String {
        words.printable.map { character in
            switch character {
            case "\\": "\\\u{2060}"
            case "{", "}": "\\\(character)"
            default: String(character)
            }
        }.joined()
    }
}
