// Whoever reads frames needs their records and the errors, and should not have to name their module for them.
@_exported public import Archive
internal import Foundation
package import GRDB

/// An archive opened for reading.
///
/// Any number of catalogs can be open while one process captures. No list holds a snapshot for longer than one page
/// of rows takes, so a catalog never blocks the writer.
///
/// Functions throw `ArchiveError`; those that are `async` also `CancellationError` when their task is cancelled.
public final class Catalog: Sendable {
    /// The archive's file, links resolved.
    public let path: String

    package let pool: DatabasePool
    private let presence: ArchivePresence
    let pictures: ArchivePictures
    /// Reads the pictures that lie in packs; `nil` where they are not read.
    package let packs: (any PackedPictures)?
    let sharedHashTable = SharedHashTable()

    /// Opens an archive that is there. Nothing is made or changed, but for SQLite's index of the log (`PATH-shm`) and
    /// an empty log; an archive of an older version of the program is brought up to date first.
    ///
    /// It works beside a running capture, and after one was killed: what is in its log is read from there.
    ///
    /// - Throws: `notFound`, `notAnArchive`, `tooNew`, `readOnly` where SQLite cannot make its index beside the
    ///   file, or `inUse` where an older program is writing, or any by another name: what is in its log would be missed.
    public static func open(at path: String) throws(ArchiveError) -> Catalog { try open(at: path, reading: nil) }

    /// The same, for who also reads the pictures that lie in packs.
    ///
    /// - Parameter packs: reads them; `nil`: whoever asks for one of them is told where it lies.
    package static func open(
        at path: String, reading packs: (any PackedPictures)?
    ) throws(ArchiveError) -> Catalog {
        let path = ArchiveFile.resolved(path)
        try ArchiveFile.requireArchive(at: path)
        try ArchiveFile.requireSharedLog(at: path)
        let catalog = try Catalog(path: path, packs)
        guard try catalog.version() < Schema.version else { return catalog }
        try catalog.close()
        try ArchiveUpgrade.run(at: path)
        return try Catalog(path: path, packs)
    }

    /// Opens an archive only where it is of this version already: for what has to be quick and to change nothing, as the completion
    /// of a word.
    ///
    /// - Returns: `nil` where the archive is of an older version.
    public static func openIfCurrent(at path: String) throws(ArchiveError) -> Catalog? {
        let path = ArchiveFile.resolved(path)
        try ArchiveFile.requireArchive(at: path)
        let catalog = try Catalog(path: path, nil)
        guard try catalog.version() == Schema.version else {
            try catalog.close()
            return nil
        }
        return catalog
    }

    private init(path: String, _ packs: (any PackedPictures)?) throws(ArchiveError) {
        (self.path, self.packs) = (path, packs)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.label = "catalog"
        configuration.maximumReaderCount = max(5, ProcessInfo.processInfo.activeProcessorCount + 1)
        presence = ArchivePresence(path: path)
        pictures = ArchivePictures(ofArchive: path)
        pool = try ArchiveError.wrapping(path) { try DatabasePool(path: path, configuration: configuration) }
        let version = try version()
        guard version <= Schema.version else { throw .tooNew(path: path, version: version) }
    }

    /// The schema's, as it is in the log or else in the file.
    private func version() throws(ArchiveError) -> Int {
        try ArchiveError.wrapping(path) { try pool.read(Schema.version) }
    }

    /// Lets go of the file. Further reads throw `ArchiveError.closed`.
    public func close() throws(ArchiveError) {
        try ArchiveError.wrapping(path) { try pool.close() }
    }

    /// Whether tasks read on the thread that they are on, which they hold meanwhile: for those that have one to themselves, and
    /// look so often that to pass the question on and to be woken by its answer would be most of the work.
    @TaskLocal package static var readsInPlace = false

    /// One short read, on a connection of its own, of one state of the archive.
    package func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        if Self.readsInPlace { return try readInPlace(body) }
        do {
            return try await pool.read(body)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ArchiveError(error, path: path)
        }
    }

    private func readInPlace<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Task.checkCancellation()
        return try ArchiveError.wrapping(path) { try pool.read(body) }
    }
}
