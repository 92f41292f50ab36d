internal import Glibc

/// What the kernel says about a process (proc(5)).
struct ProcessFigures: Hashable, Sendable {
    /// User and system time, in seconds.
    let processorTime: Double
    /// Seconds since 1970.
    let startTime: Double
    /// Bytes in memory.
    let residentMemory: Int64
    let openDescriptors: Int?

    /// This process's; `nil` where there is no /proc.
    static func current() -> ProcessFigures? {
        guard let own = content(of: "/proc/self/stat"), let system = content(of: "/proc/stat") else { return nil }
        return ProcessFigures(
            own: own, system: system, ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)),
            pageSize: sysconf(Int32(_SC_PAGESIZE)), openDescriptors: countDescriptors())
    }

    /// - Parameters:
    ///   - own: `/proc/PID/stat`. The program's name in it stands in parentheses and may hold any character.
    ///   - system: `/proc/stat`, for the time at which the machine was started.
    init?(own: String, system: String, ticksPerSecond: Int, pageSize: Int, openDescriptors: Int?) {
        guard let end = own.lastIndex(of: ")"), ticksPerSecond > 0,
            let boot = system.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let bootTime = Double(boot.dropFirst("btime ".count))
        else { return nil }
        // The first field behind the name is the third.
        let fields = own[end...].dropFirst().split(whereSeparator: \.isWhitespace).map { Int64($0) }
        func field(_ number: Int) -> Int64? { fields.indices.contains(number - 3) ? fields[number - 3] : nil }
        guard let user = field(14), let kernel = field(15), let start = field(22), let pages = field(24) else {
            return nil
        }
        processorTime = Double(user + kernel) / Double(ticksPerSecond)
        startTime = bootTime + Double(start) / Double(ticksPerSecond)
        residentMemory = pages * Int64(pageSize)
        self.openDescriptors = openDescriptors
    }

    private static func content(of path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece.prefix(count) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `.`, `..` and the descriptor that reads the folder are not counted.
    private static func countDescriptors() -> Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return max(0, count - 3)
    }
}
