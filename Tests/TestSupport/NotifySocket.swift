internal import Glibc

/// A datagram socket as a service manager has one.
package final class NotifySocket: Sendable {
    struct Failed: Error { let call: String }

    private let descriptor: Int32
    package let environment: [String: String]

    /// - Parameter name: a path, or after `@` an abstract name.
    package init(_ name: String) throws {
        environment = ["NOTIFY_SOCKET": name]
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw Failed(call: "socket") }
        var bytes = Array(name.utf8)
        if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard result == 0 else { throw Failed(call: "bind") }
    }

    deinit { close(descriptor) }

    /// The messages that have come so far and were not taken yet.
    package func received() -> [String] {
        var messages: [String] = []
        var bytes = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(descriptor, &bytes, bytes.count, 0), count >= 0 {
            messages.append(String(decoding: bytes.prefix(count), as: UTF8.self))
        }
        return messages
    }
}
