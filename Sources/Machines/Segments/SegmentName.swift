package import Stores
package import Vocabulary

/// The name of a segment in a store: by machine, generation and number, with the digest of its bytes.
///
/// The digest keeps to what every object's name keeps to, that one name is one content: so nothing is ever overwritten, and of two
/// archives that take themselves for one machine both segments of a number are there to be seen. They stand a thousand to a
/// folder, so that looking for newer ones is one short list however many there are.
package struct SegmentName: Hashable, Sendable {
    package let machine: String
    package let generation: Int
    package let number: Int
    package let sha256: SHA256Digest

    package init(machine: String, generation: Int, number: Int, sha256: SHA256Digest) {
        (self.machine, self.generation, self.number, self.sha256) = (machine, generation, number, sha256)
    }

    /// `nil` for what is no segment's name.
    init?(_ name: ObjectName) {
        let parts = name.rawValue.wholeMatch(
            of: /catalog\/segments\/([0-9a-f]{16})\/([0-9]{4})\/[0-9]{6}\/([0-9]{9})-([0-9a-f]{64})\.jsonl\.gz/)
        guard let parts, let generation = Int(parts.2), let number = Int(parts.3), generation > 0, number > 0,
            let sha256 = SHA256Digest(hexadecimal: parts.4)
        else { return nil }
        self.init(machine: String(parts.1), generation: generation, number: number, sha256: sha256)
        guard object == name else { return nil }
    }

    /// The object's name; `nil` for numbers that are too great for one.
    package var object: ObjectName? {
        ObjectName(rawValue: Self.prefix(machine, generation, number) + "\(number.padded(9))-\(sha256).jsonl.gz")
    }

    /// How the names of the thousand begin in which a number is.
    static func prefix(_ machine: String, _ generation: Int, _ number: Int) -> String {
        "catalog/segments/\(machine)/\(generation.padded(4))/\((number / perFolder).padded(6))/"
    }

    static let perFolder = 1000
}

/// An object that says that there is a machine, so that machines are found without a list of all their segments.
struct MachineMarker: Hashable, Sendable {
    let machine: String
    let generation: Int

    static let prefix = "catalog/machines/"

    init(machine: String, generation: Int) { (self.machine, self.generation) = (machine, generation) }

    /// `nil` for what is no marker's name.
    init?(_ name: ObjectName) {
        let parts = name.rawValue.wholeMatch(of: /catalog\/machines\/([0-9a-f]{16})-([0-9]{4})\.json/)
        guard let parts, let generation = Int(parts.2), generation > 0 else { return nil }
        self.init(machine: String(parts.1), generation: generation)
    }

    var object: ObjectName? { ObjectName(rawValue: "\(Self.prefix)\(machine)-\(generation.padded(4)).json") }

    /// The same for whoever writes it.
    var json: String {
        #"{"format":"printlapse machine","version":1,"machine":"\#(machine)","generation":\#(generation)}"# + "\n"
    }
}

extension SHA256Digest {
    /// `nil` unless it is 64 hexadecimal digits.
    init?(hexadecimal text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for place in stride(from: 0, to: 64, by: 2) {
            guard let high = Self.value(digits[place]), let low = Self.value(digits[place + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes: bytes)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
