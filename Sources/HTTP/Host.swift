internal import Foundation

/// A host of an address: a name in lower case, or an IP address in its canonical form.
///
/// Only forms that every resolver reads alike are taken. `2130706433`, `0x7f.1`, `127.1` and `0177.0.0.1` are ways of
/// writing 127.0.0.1 that some resolvers know and some checks miss: they are refused, and so is whatever is
/// percent-encoded or not ASCII (RFC 3986 section 7.4 names the trick).
public struct Host: Hashable, Sendable, CustomStringConvertible {
    private enum Form: Hashable {
        case name(String)
        case v4([UInt8])
        case v6([UInt8])
    }

    private let form: Form

    /// Reads a host as it stands in an address; an IPv6 address stands in brackets.
    init(parsing text: some StringProtocol) throws(AddressProblem) {
        guard !text.isEmpty else { throw .noHost }
        if text.hasPrefix("["), text.hasSuffix("]") {
            guard let bytes = Self.addressBytes(String(text.dropFirst().dropLast()), AF_INET6, count: 16) else {
                throw .badHost
            }
            form = .v6(bytes)
            return
        }
        let name = text.lowercased()
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy(Self.isLabel) else { throw .badHost }
        if let last = labels.last, last.allSatisfy(\.isNumber) || last.hasPrefix("0x") {
            guard let bytes = Self.addressBytes(name, AF_INET, count: 4) else { throw .numericHost }
            form = .v4(bytes)
        } else {
            form = .name(name)
        }
    }

    /// As it stands in an address: IPv6 in brackets.
    public var description: String {
        switch form {
        case .name(let name): name
        case .v4(let bytes): bytes.map(String.init).joined(separator: ".")
        case .v6(let bytes): "[\(Self.text(ofV6: bytes))]"
        }
    }

    /// The name that a certificate must hold; `nil` for an IP address.
    var name: String? {
        if case .name(let name) = form { name } else { nil }
    }

    /// What a connection is made to: without brackets.
    var connectable: String {
        if case .v6(let bytes) = form { Self.text(ofV6: bytes) } else { description }
    }

    /// Where connections to this host end up, as far as its text tells.
    package var reach: NetworkReach {
        switch form {
        case .name(let name): NetworkReach(ofName: name)
        case .v4(let bytes): NetworkReach(ofV4: bytes)
        case .v6(let bytes): NetworkReach(ofV6: bytes)
        }
    }

    /// 1 to 63 letters, digits, hyphens or underscores; underscores stand in the names of containers and services.
    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
            }
    }

    /// `inet_pton` takes four decimal numbers without leading zeros, and the textual forms of RFC 4291; no zone.
    private static func addressBytes(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        guard !text.utf8.contains(0), inet_pton(family, text, &bytes) == 1 else { return nil }
        return bytes
    }

    private static func text(ofV6 bytes: [UInt8]) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, bytes, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
