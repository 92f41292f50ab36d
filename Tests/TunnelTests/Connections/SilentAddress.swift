import Foundation

/// An address of this machine that takes no connection and refuses none: its queue is full, and nobody accepts.
struct SilentAddress {
    private let sockets: [Int32]

    init(_ address: String, port: Int) throws {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, address, &name.sin_addr)
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
        let listener = socket(AF_INET, kind, 0)
        // Two find a place in the queue, and the others wait as whoever comes then.
        let guests = (0..<4).map { _ in socket(AF_INET, kind, 0) }
        sockets = [listener] + guests
        let isBound = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                let size = socklen_t(MemoryLayout<sockaddr_in>.size)
                guard bind(listener, address, size) == 0, listen(listener, 0) == 0 else { return false }
                for guest in guests { _ = connect(guest, address, size) }
                return true
            }
        }
        guard isBound else { throw POSIXError(.EADDRINUSE) }
    }

    func end() {
        for socket in sockets { close(socket) }
    }
}
