internal import Glibc
package import NIOCore
internal import Synchronization
package import Vocabulary

/// A store in a folder: another disk, or what a NAS has mounted here.
///
/// An object appears under its name whole, and only once it is on disk: it is written under a hidden name beside it, brought to
/// disk, and renamed without replacing anything. The folder itself is never made here, and what has no marker is no store: a NAS
/// that is not mounted would otherwise be filled under its mount point.
///
/// Whatever is asked of the folder is done by threads of its own and given up after a while, since a server that is away can keep
/// a system call from ever returning.
package final class FolderStore: ObjectStore {
    /// The file that makes a folder a store.
    package static let marker = "printlapse-store"

    package let location: StoreLocation
    private let path: String
    private let patience: Patience
    private let rate: ByteCount?
    private let threads = BlockingCalls()
    /// The folders that were cleared of what killed writers left.
    private let cleared = Mutex<Set<String>>([])

    /// How long is waited for a folder.
    struct Patience: Sendable {
        /// For reading, and for whatever moves no contents.
        var reading = Duration.seconds(120)
        /// For writing up to 64 MiB and bringing it to disk.
        var writing = Duration.seconds(900)
        /// For a writer that is somewhere else: what it left after that was left by its end.
        var others = Duration.seconds(86_400)
    }

    /// - Parameter rate: how many bytes a second are written at most; `nil` for no limit.
    package convenience init(at path: String, writing rate: ByteCount? = nil) {
        self.init(at: path, patience: Patience(), writing: rate)
    }

    init(at path: String, patience: Patience, writing rate: ByteCount? = nil) {
        (self.path, self.patience, self.rate) = (path, patience, rate)
        location = StoreLocation(.folder(path: path))
    }

    package func prepare() async throws(StoreError) {
        try await run(within: patience.reading) { (self) throws(StoreError) in
            let folder = try StoreFolder(at: self.path, of: self.location)
            guard try folder.size(of: Self.marker) == nil else { return }
            try folder.writeMarker()
        }
    }

    package func put(_ file: ObjectFile, as name: ObjectName) async throws(StoreError) -> PutOutcome {
        let paced = rate.map { Duration.milliseconds(file.size * 2000 / max(1, $0.bytes)) } ?? .zero
        return try await run(within: patience.writing + paced) { (self) throws(StoreError) in
            let source = try ObjectSource(file)
            let (folder, last) = try self.root().madeFolder(for: name.parts)
            if let size = try folder.size(of: last) { return try self.wasThere(size, file, name) }
            let isFirst = self.cleared.withLock { $0.insert(folder.path).inserted }
            let age = isFirst ? self.patience.others : nil
            guard try folder.write(source, as: last, atMost: self.rate, clearingLeftoversOf: age) else {
                return try self.wasThere(try folder.size(of: last) ?? -1, file, name)
            }
            return .written
        }
    }

    package func read(_ name: ObjectName, _ range: Range<Int64>) async throws(StoreError) -> ByteBuffer {
        guard !range.isEmpty else { return ByteBuffer() }
        return try await run(within: patience.reading) { (self) throws(StoreError) in
            guard let (folder, last) = try self.root().folder(for: name.parts),
                let bytes = try folder.read(last, range, as: name)
            else { throw .missing(self.location, name) }
            return bytes
        }
    }

    package func size(of name: ObjectName) async throws(StoreError) -> Int64? {
        try await run(within: patience.reading) { (self) throws(StoreError) in
            guard let (folder, last) = try self.root().folder(for: name.parts) else { return nil }
            return try folder.size(of: last)
        }
    }

    package func list(_ prefix: String) async throws(StoreError) -> [StoredObject] {
        try await run(within: patience.reading) { (self) throws(StoreError) in
            var objects: [StoredObject] = []
            try self.root().collect(&objects, below: "", whoseNamesBegin: prefix)
            return objects.sorted { $0.name < $1.name }
        }
    }

    package func remove(_ name: ObjectName) async throws(StoreError) {
        try await run(within: patience.reading) { (self) throws(StoreError) in
            guard let (folder, last) = try self.root().folder(for: name.parts) else { return }
            try folder.remove(last)
        }
    }

    package func sharesRoom(with path: String) async throws(StoreError) -> Bool {
        try await run(within: patience.reading) { (self) throws(StoreError) in
            var (own, other) = (stat(), stat())
            return stat(self.path, &own) == 0 && stat(path, &other) == 0 && own.st_dev == other.st_dev
        }
    }

    /// The top folder of a store that is there, and is one.
    private func root() throws(StoreError) -> StoreFolder {
        let folder = try StoreFolder(at: path, of: location)
        guard try folder.size(of: Self.marker) != nil else { throw .notPrepared(location) }
        return folder
    }

    private func wasThere(_ size: Int64, _ file: ObjectFile, _ name: ObjectName) throws(StoreError) -> PutOutcome {
        guard size == file.size else {
            throw .wrongBytes(location, name, problem: "it has \(size) bytes, and \(file.size) were to be put there")
        }
        return .wasThere
    }

    private func run<Value: Sendable>(
        within patience: Duration, _ body: @escaping @Sendable (FolderStore) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let outcome = await threads.run(within: patience) { () -> Result<Value, StoreError> in
            Result { () throws(StoreError) in try body(self) }
        }
        switch outcome {
        case .done(let result): return try result.get()
        case .late: throw .slow(location, within: patience)
        case .cancelled: throw .cancelled
        }
    }
}
