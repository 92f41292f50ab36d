/// The name under which a camera's frames are filed.
///
/// 1 to 64 bytes of UTF-8 without control characters, slashes or backslashes; it does not begin with a dot or a
/// hyphen, nor begin or end with white space. So a name can stand in a file name, a log line and a command line as
/// it is. Markup in it is allowed: whoever writes HTML escapes it.
public struct CameraName: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    /// - Throws: ``VocabularyError/cameraName(_:reason:)`` that names the rule which the text breaks.
    public init(_ text: String) throws(VocabularyError) {
        // Lists read a name with every row: the usual ones are not looked up in Unicode's tables.
        if text.isUsualName {
            self.text = text
            return
        }
        func refuse(_ reason: String) -> VocabularyError { .cameraName(text, reason: reason) }
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last else { throw refuse("it is empty") }
        guard text.utf8.count <= 64 else { throw refuse("it is longer than 64 bytes") }
        guard first != ".", first != "-" else { throw refuse("it begins with “\(first)”") }
        guard !first.properties.isWhitespace, !last.properties.isWhitespace else {
            throw refuse("it begins or ends with white space")
        }
        guard !scalars.contains(where: \.isControl) else { throw refuse("it contains a control character") }
        guard !text.utf8.contains(UInt8(ascii: "/")), !text.utf8.contains(UInt8(ascii: "\\")) else {
            throw refuse("it contains a slash")
        }
        self.text = text
    }

    public var description: String { text }

    public static func < (left: CameraName, right: CameraName) -> Bool { left.text < right.text }
}

extension String {
    /// Whether it is a name of ASCII's letters, digits, hyphens, dots, underscores, and blanks within.
    fileprivate var isUsualName: Bool {
        var (count, last) = (0, UInt8(ascii: " "))
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                break
            case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "-"): if count == 0 { return false }
            default: return false
            }
            (count, last) = (count + 1, byte)
        }
        return count <= 64 && last != UInt8(ascii: " ")
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
