internal import CFileSystem
internal import Glibc
internal import NIOCore

/// Text whose place in the output comes later, kept in a file without a name: it takes no memory, and nothing is left of
/// it, however the program ends.
struct Spool {
    private let open: OpenFile
    private var file: OutputFile

    var size: Int64 { file.count }

    /// By which other programs of the same user open it, as long as this process has it open (proc_pid_fd(5)).
    var path: String { "/proc/\(getpid())/fd/\(open.descriptor)" }

    /// Where a file cannot lose its name while it is open, as on some shares, the folder for temporary files takes it.
    init(in folder: SpoolFolder) throws(ExportError) {
        do throws(ExportError) {
            try self.init(within: folder)
        } catch {
            if case .diskFull = error { throw error }
            try self.init(within: .temporary())
        }
    }

    private init(within folder: SpoolFolder) throws(ExportError) {
        let unnamed = file_system_open_unnamed(folder.folder.file.descriptor)
        if unnamed >= 0 {
            open = try OpenFile(unnamed, call: "create", path: folder.folder.path)
            file = OutputFile(open, path: folder.folder.path)
            return
        }
        let name = folder.prefix + String(UInt64.random(in: .min ... .max), radix: 36)
        let (descriptor, path) = (folder.folder.file.descriptor, folder.folder.path(of: name))
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        var made: OpenFile? = try OpenFile(openat(descriptor, name, flags, 0o600), call: "create", path: path)
        guard unlinkat(descriptor, name, 0) == 0, let open = made else {
            let error = ExportError.lastSystemError(in: "remove", path: path)
            made = nil
            _ = unlinkat(descriptor, name, 0)
            throw error
        }
        self.open = open
        file = OutputFile(open, path: path)
    }

    mutating func append(_ few: some Collection<UInt8>) throws(ExportError) { try file.append(few) }

    /// Puts everything where it can be read: once, after the last was appended.
    mutating func finish() throws(ExportError) { try file.flush() }

    /// Calls `body` with one part after another.
    func forEachPart(_ body: (ByteBuffer) throws(ExportError) -> Void) throws(ExportError) {
        var offset: Int64 = 0
        while offset < size {
            let part = try open.read(Self.partSize, at: offset)
            guard !part.isEmpty else { return }
            try body(ByteBuffer(bytes: part))
            offset += Int64(part.count)
        }
    }

    /// All that another program wrote into it by ``path``, as text.
    func everything() throws(ExportError) -> String {
        var bytes: [UInt8] = []
        while true {
            let part = try open.read(Self.partSize, at: Int64(bytes.count))
            guard !part.isEmpty else { return String(decoding: bytes, as: UTF8.self) }
            bytes += part
        }
    }

    private static let partSize = 256 * 1024
}

/// Where spools lie, and how their names begin in the moment in which they have one.
struct SpoolFolder {
    let folder: OpenFolder
    let prefix: String

    /// Beside a partial output, under names that the next export clears away after a crash.
    init(beside partial: PartialOutput) {
        (folder, prefix) = (partial.target.parent, PartialOutput.prefix(for: partial.target))
    }

    /// In the folder for temporary files.
    static func temporary() throws(ExportError) -> SpoolFolder {
        let path = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        return SpoolFolder(folder: try OpenFolder(path: path.isEmpty ? "/tmp" : path), prefix: ".printlapse-")
    }

    private init(folder: OpenFolder, prefix: String) { (self.folder, self.prefix) = (folder, prefix) }
}
