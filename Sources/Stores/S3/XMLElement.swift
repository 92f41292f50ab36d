/// An element of the plain documents that S3-compatible servers answer with.
///
/// It is read by a tolerant reader of our own, since Foundation's comes with a library as large as all the rest: attributes and
/// namespaces are passed over, and there are no entities but XML's own five and numbers. A document type is refused.
struct XMLElement: Hashable, Sendable {
    /// Without a namespace's prefix.
    let name: String
    fileprivate(set) var text = ""
    fileprivate(set) var children: [XMLElement] = []

    /// Deeper than any of these documents.
    private static let deepest = 32

    /// The first element of a name in this one.
    func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The text of the first element of a name in this one.
    func text(of name: String) -> String? { first(name)?.text }

    /// - Returns: `nil` where the bytes are no whole document.
    init?(parsing bytes: some Collection<UInt8>) {
        guard let root = XMLReader(bytes: Array(bytes)).document(deepest: Self.deepest) else { return nil }
        self = root
    }

    fileprivate init(_ name: String) { self.name = name }
}

private struct XMLReader {
    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    consuming func document(deepest: Int) -> XMLElement? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
        var open: [XMLElement] = []
        var root: XMLElement?
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "<") else {
                let text = bytes[place...].prefix { $0 != UInt8(ascii: "<") }
                place = text.endIndex
                if open.isEmpty {
                    guard text.allSatisfy(Self.isSpace) else { return nil }
                } else {
                    guard let decoded = Self.decoded(text) else { return nil }
                    open[open.count - 1].text += decoded
                }
                continue
            }
            if skip("<?") {
                guard pass("?>") != nil else { return nil }
            } else if skip("<!--") {
                guard pass("-->") != nil else { return nil }
            } else if skip("<![CDATA[") {
                guard !open.isEmpty, let text = pass("]]>") else { return nil }
                open[open.count - 1].text += String(decoding: text, as: UTF8.self)
            } else if skip("</") {
                guard let name = pass(">").map(Self.name), let element = open.popLast(), element.name == name else {
                    return nil
                }
                if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
            } else {
                place += 1
                guard root == nil, let (name, isEmpty) = tag(), open.count < deepest else { return nil }
                if !isEmpty {
                    open.append(XMLElement(name))
                } else if open.isEmpty {
                    root = XMLElement(name)
                } else {
                    open[open.count - 1].children.append(XMLElement(name))
                }
            }
        }
        return open.isEmpty ? root : nil
    }

    /// The rest of a tag that begins an element: its name, and whether it ends the element as well.
    private mutating func tag() -> (String, isEmpty: Bool)? {
        let start = place
        var quote: UInt8?
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                var content = bytes[start..<place - 1]
                let isEmpty = content.last == UInt8(ascii: "/")
                if isEmpty { content.removeLast() }
                let name = Self.name(content)
                // A document type among them: its name begins with an exclamation mark.
                let isName = content.first.map { !Self.isSpace($0) && $0 != UInt8(ascii: "!") } ?? false
                return isName && !name.isEmpty ? (name, isEmpty) : nil
            }
        }
        return nil
    }

    private mutating func skip(_ text: String) -> Bool {
        guard bytes[place...].starts(with: text.utf8) else { return false }
        place += text.utf8.count
        return true
    }

    /// What stands before the next `end`, which is passed as well.
    private mutating func pass(_ end: String) -> ArraySlice<UInt8>? {
        let start = place
        while place < bytes.count {
            if bytes[place...].starts(with: end.utf8) {
                defer { place += end.utf8.count }
                return bytes[start..<place]
            }
            place += 1
        }
        return nil
    }

    private static func name(_ tag: ArraySlice<UInt8>) -> String {
        let whole = tag.prefix { !isSpace($0) }
        let local = whole.lastIndex(of: UInt8(ascii: ":")).map { whole[$0...].dropFirst() } ?? whole
        return String(decoding: local, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    /// A text with what its entities stand for.
    private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
        guard text.contains(UInt8(ascii: "&")) else { return String(decoding: text, as: UTF8.self) }
        var decoded = ""
        var rest = text
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            decoded += String(decoding: rest[..<ampersand], as: UTF8.self)
            let entity = rest[ampersand...].dropFirst().prefix(12).prefix { $0 != UInt8(ascii: ";") }
            guard entity.endIndex < rest.endIndex, rest[entity.endIndex] == UInt8(ascii: ";"),
                let character = character(String(decoding: entity, as: UTF8.self))
            else { return nil }
            decoded.unicodeScalars.append(character)
            rest = rest[entity.endIndex...].dropFirst()
        }
        return decoded + String(decoding: rest, as: UTF8.self)
    }

    private static func character(_ entity: String) -> UnicodeScalar? {
        switch entity {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard entity.hasPrefix("#") else { return nil }
            let number = entity.hasPrefix("#x") ? UInt32(entity.dropFirst(2), radix: 16) : UInt32(entity.dropFirst())
            return number.flatMap(UnicodeScalar.init)
        }
    }
}
