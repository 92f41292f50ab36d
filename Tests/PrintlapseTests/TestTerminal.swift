import Foundation
import Testing

/// Both ends of a terminal.
struct TestTerminal {
    let near: Int32
    let far: FileHandle

    init() throws {
        // What posix_openpt, unlockpt and ptsname do, which Swift's Glibc leaves out: ioctl_tty(2).
        near = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
        var (locked, number): (Int32, Int32) = (0, 0)
        let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
        try #require(ioctl(near, setLock, &locked) == 0 && ioctl(near, getNumber, &number) == 0)
        let descriptor = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(descriptor >= 0)
        far = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    var echoes: Bool {
        var settings = termios()
        tcgetattr(near, &settings)
        return settings.c_lflag & tcflag_t(ECHO) != 0
    }

    func type(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { write(near, $0.baseAddress, $0.count) }
    }

    /// What is on the screen.
    func shown() -> String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(near, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
