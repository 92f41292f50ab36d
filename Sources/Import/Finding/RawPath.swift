/// A file's path or name as the system has it: bytes, which need not be UTF-8.
struct RawPath: Hashable, Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    init(_ text: String) { bytes = Array(text.utf8) }

    func appending(_ name: [UInt8]) -> RawPath {
        RawPath(bytes + (bytes.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + name)
    }

    /// What stands behind the last slash.
    var name: ArraySlice<UInt8> { bytes[(bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...] }

    /// What stands before the last slash; a dot where there is none.
    var parent: RawPath {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return RawPath(".") }
        return RawPath(Array(bytes[...(slash == 0 ? 0 : slash - 1)]))
    }

    /// For people. A byte that is not UTF-8 is shown as `\xfc`, so that two paths never look alike.
    var shown: String { Self.text(bytes[...]) }

    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = ""
        var rest = bytes
        while let first = rest.first {
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            if let scalar = String(validating: rest.prefix(length), as: UTF8.self) {
                text += scalar
                rest = rest.dropFirst(length)
            } else {
                text += #"\x"# + String(first, radix: 16)
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// Calls `body` with the path as C has it.
    func withCString<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
        (bytes + [0]).withUnsafeBufferPointer { path in
            path.withMemoryRebound(to: CChar.self) { path in
                guard let start = path.baseAddress else { preconditionFailure("a path with its NUL is not empty") }
                return body(start)
            }
        }
    }
}
