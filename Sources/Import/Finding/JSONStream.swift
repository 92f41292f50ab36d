internal import NIOCore

/// Reads a JSON document (RFC 8259) as it comes, byte by byte, in memory that does not depend on its length.
///
/// It tells what it meets and keeps nothing but the names of the keys that it is within. What nests deeper, or has longer texts,
/// than whoever asks has use for is refused: JSON of a gigabyte of `[` is no document of anybody's.
struct JSONStream {
    enum Event: Equatable {
        case beginsObject, endsObject, beginsArray, endsArray
        /// A key of the object that it is in.
        case key(String)
        case text(String)
        /// A number, true, false or null.
        case other
    }

    enum Problem: Error, Equatable {
        /// It is not JSON.
        case malformed
        case tooDeep, textTooLong
    }

    private enum Container { case object, array }

    private enum State {
        /// Before a value; `true`: or the end of an array.
        case value(orEnd: Bool)
        /// Before a key; `true`: or the end of an object.
        case key(orEnd: Bool)
        case colon
        /// Behind a value.
        case next
        case text(isKey: Bool)
        case escape(isKey: Bool)
        case unicode(isKey: Bool, digits: Int, value: UInt32)
        case literal(length: Int)
    }

    static let depthLimit = 16
    static let textLimit = 4096

    private var state = State.value(orEnd: false)
    private var containers: [Container] = []
    private var text: [UInt8] = []
    /// The first of two UTF-16 units.
    private var highSurrogate: UInt32?

    /// Whether the document has come to its end.
    private(set) var isComplete = false

    /// - Parameter tell: is told in their order.
    mutating func take(_ bytes: ByteBuffer, _ tell: (Event) throws(Problem) -> Void) throws(Problem) {
        for byte in bytes.readableBytesView { try take(byte, tell) }
    }

    private mutating func take(_ byte: UInt8, _ tell: (Event) throws(Problem) -> Void) throws(Problem) {
        switch state {
        case .text(let isKey): try takeText(byte, isKey, tell)
        case .escape(let isKey): try takeEscape(byte, isKey)
        case .unicode(let isKey, let digits, let value): try takeUnicode(byte, isKey, digits, value)
        case .literal(let length):
            if byte.isLetter || byte.isDigit || "+-.".utf8.contains(byte) {
                guard length < 64 else { throw .textTooLong }
                state = .literal(length: length + 1)
            } else {
                try ended(.other, tell)
                try take(byte, tell)
            }
        case .value, .key, .colon, .next:
            if " \t\n\r".utf8.contains(byte) { return }
            guard !isComplete else { throw .malformed }
            try takeSign(byte, tell)
        }
    }

    private mutating func takeSign(_ byte: UInt8, _ tell: (Event) throws(Problem) -> Void) throws(Problem) {
        switch (state, byte) {
        case (.value, UInt8(ascii: "{")):
            try begin(.object, .key(orEnd: true))
            try tell(.beginsObject)
        case (.value, UInt8(ascii: "[")):
            try begin(.array, .value(orEnd: true))
            try tell(.beginsArray)
        case (.value, UInt8(ascii: "\"")): beginText(isKey: false)
        case (.value(true), UInt8(ascii: "]")): try close(.array, .endsArray, tell)
        case (.value, _):
            guard byte.isDigit || byte == UInt8(ascii: "-") || "tfn".utf8.contains(byte) else { throw .malformed }
            state = .literal(length: 1)
        case (.key, UInt8(ascii: "\"")): beginText(isKey: true)
        case (.key(true), UInt8(ascii: "}")): try close(.object, .endsObject, tell)
        case (.colon, UInt8(ascii: ":")): state = .value(orEnd: false)
        case (.next, UInt8(ascii: ",")):
            state = containers.last == .object ? .key(orEnd: false) : .value(orEnd: false)
        case (.next, UInt8(ascii: "}")): try close(.object, .endsObject, tell)
        case (.next, UInt8(ascii: "]")): try close(.array, .endsArray, tell)
        default: throw .malformed
        }
    }

    private mutating func begin(_ container: Container, _ state: State) throws(Problem) {
        guard containers.count < Self.depthLimit else { throw .tooDeep }
        containers.append(container)
        self.state = state
    }

    private mutating func close(
        _ container: Container, _ event: Event, _ tell: (Event) throws(Problem) -> Void
    ) throws(Problem) {
        guard containers.popLast() == container else { throw .malformed }
        try ended(event, tell)
    }

    private mutating func ended(_ event: Event, _ tell: (Event) throws(Problem) -> Void) throws(Problem) {
        state = .next
        isComplete = containers.isEmpty
        try tell(event)
    }

    // MARK: - Texts

    private mutating func beginText(isKey: Bool) {
        text.removeAll(keepingCapacity: true)
        highSurrogate = nil
        state = .text(isKey: isKey)
    }

    private mutating func append(_ bytes: some Collection<UInt8>) throws(Problem) {
        guard text.count + bytes.count <= Self.textLimit else { throw .textTooLong }
        text += bytes
    }

    private mutating func takeText(
        _ byte: UInt8, _ isKey: Bool, _ tell: (Event) throws(Problem) -> Void
    ) throws(Problem) {
        switch byte {
        case UInt8(ascii: "\""):
            guard let string = String(validating: text, as: UTF8.self) else { throw .malformed }
            if isKey {
                state = .colon
                try tell(.key(string))
            } else {
                try ended(.text(string), tell)
            }
        case UInt8(ascii: "\\"): state = .escape(isKey: isKey)
        case 0..<0x20: throw .malformed
        default: try append(CollectionOfOne(byte))
        }
    }

    private mutating func takeEscape(_ byte: UInt8, _ isKey: Bool) throws(Problem) {
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 8,
            UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        ]
        if byte == UInt8(ascii: "u") {
            state = .unicode(isKey: isKey, digits: 0, value: 0)
        } else if let meant = plain[byte] {
            try append(CollectionOfOne(meant))
            state = .text(isKey: isKey)
        } else {
            throw .malformed
        }
    }

    private mutating func takeUnicode(
        _ byte: UInt8, _ isKey: Bool, _ digits: Int, _ value: UInt32
    ) throws(Problem) {
        guard let digit = UInt32(String(UnicodeScalar(byte)), radix: 16) else { throw .malformed }
        let unit = value << 4 | digit
        guard digits == 3 else {
            state = .unicode(isKey: isKey, digits: digits + 1, value: unit)
            return
        }
        state = .text(isKey: isKey)
        if (0xD800..<0xDC00).contains(unit) {
            highSurrogate = unit
            return
        }
        var scalar = unit
        if (0xDC00..<0xE000).contains(unit), let high = highSurrogate {
            scalar = 0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00)
        }
        highSurrogate = nil
        try append(String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8)
    }
}
