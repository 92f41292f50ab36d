internal import Glibc

/// The service manager that started this process and wants to be told how it is doing.
///
/// Each message is one datagram to the socket that `NOTIFY_SOCKET` names: a path, or after `@` a name in the abstract
/// namespace (sd_notify(3), unix(7)).
package struct ServiceManager: Sendable {
    /// How often it wants to hear that the service is alive; `nil` where it does not watch.
    package let watchdog: Duration?

    private let name: [UInt8]

    /// - Parameters:
    ///   - environment: with `NOTIFY_SOCKET`, and `WATCHDOG_USEC` and `WATCHDOG_PID` where it watches.
    ///   - process: the process that is watched; `nil` for this one.
    /// - Returns: `nil` where nobody wants to be told.
    /// - Throws: ``ServiceManagerError/address``
    package init?(environment: [String: String], process: Int32? = nil) throws(ServiceManagerError) {
        guard let socket = environment["NOTIFY_SOCKET"], !socket.isEmpty else { return nil }
        var name = Array(socket.utf8)
        guard name[0] == UInt8(ascii: "/") || name[0] == UInt8(ascii: "@") && name.count > 1,
            name.count < Self.longestName, !name.contains(0)
        else { throw .address }
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        self.name = name

        let isForUs = environment["WATCHDOG_PID"].map { Int32($0) == process ?? getpid() } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdog = isForUs && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    private static let longestName = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

    /// Sends one message and does not wait for anything.
    package func tell(_ states: ServiceState...) throws(ServiceManagerError) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .lastSystemError }
        defer { close(descriptor) }

        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        // The length matters: the bytes after an abstract name would be part of it.
        let length = MemoryLayout.offset(of: \sockaddr_un.sun_path).map { socklen_t($0 + name.count) } ?? 0
        let message = Array(states.map(\.text).joined(separator: "\n").utf8)
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        let sent = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                sendto(descriptor, message, message.count, flags, address, length)
            }
        }
        guard sent == message.count else { throw .lastSystemError }
    }
}

extension ServiceManagerError {
    fileprivate static var lastSystemError: ServiceManagerError { .notSent(reason: String(cString: strerror(errno))) }
}

extension ServiceState {
    /// It begins now to read its configuration again.
    package static var reloading: ServiceState {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return .reloading(microseconds: UInt64(now.tv_sec) * 1_000_000 + UInt64(now.tv_nsec) / 1000)
    }
}
