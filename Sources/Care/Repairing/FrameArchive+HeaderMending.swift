package import Archive
internal import Foundation
internal import GRDB
package import Storage

extension FrameArchive {
    /// Puts right what the first 100 bytes of an archive's file say of it, where its tables tell otherwise: whose file it is, and
    /// which version its schema has. An archive whose header is damaged there opens for no other command.
    ///
    /// - Returns: what was put right, a sentence each; nothing where the header is sound.
    /// - Throws: ``ArchiveError``, also where the tables are of no version that this program knows: the file may be another
    ///   program's, or a newer one's.
    package static func mendHeader(at path: String) throws(ArchiveError) -> [String] {
        let path = ArchiveFile.resolved(path)
        guard let problem = try problem(at: path) else { return [] }
        // Another program's file is not touched: it is looked at as one that nobody writes to.
        let isOurs = (try? RestingArchive.queue(path)).flatMap { file in
            defer { try? file.close() }
            return try? file.read { try Schema.versionByTables(of: $0) != nil }
        }
        guard isOurs == true else { throw problem }
        return [try mend(path, problem)]
    }

    /// What keeps the archive from being opened; `nil` where nothing does.
    private static func problem(at path: String) throws(ArchiveError) -> ArchiveError? {
        do throws(ArchiveError) { try ArchiveFile.requireArchive(at: path) } catch { return error }
        return try versionProblem(at: path)
    }

    /// What is wrong with a version that can be: the tables are of another one.
    private static func versionProblem(at path: String) throws(ArchiveError) -> ArchiveError? {
        try ArchiveError.wrapping(path) {
            let database = try DatabaseQueue(path: path, configuration: readOnly)
            defer { try? database.close() }
            return try database.read { database in
                let (told, found) = (try Schema.version(of: database), try Schema.versionByTables(of: database))
                guard let found, told != found else { return nil }
                return .damaged(path: path, what: "its header says version \(told) of the schema, its tables \(found)")
            }
        }
    }

    private static var readOnly: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return configuration
    }

    private static func mend(_ path: String, _ problem: ArchiveError) throws(ArchiveError) -> String {
        let lock = try WriterLock(archive: path, role: .care, holder: .current(program: "printlapse verify --repair"))
        let presence = ArchivePresence(path: path)
        let version: Int?
        do throws(ArchiveError) { version = try setVersion(at: path) } catch { throw problem }
        withExtendedLifetime(presence) {}
        _ = consume lock
        guard let version else { throw problem }
        return "the header was damaged (\(problem)): it says again that the file is an archive of version \(version)"
    }

    /// - Returns: the version; `nil` where the tables are of none.
    private static func setVersion(at path: String) throws(ArchiveError) -> Int? {
        try ArchiveError.wrapping(path) {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            let database = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? database.close() }
            return try database.writeWithoutTransaction { database in
                guard let version = try Schema.versionByTables(of: database) else { return nil }
                // Pragmas take no parameters; the numbers are our own.
                try database.inTransaction(.immediate) {
                    try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
                    try database.execute(sql: "PRAGMA user_version = \(version)")
                    return .commit
                }
                // Whoever opens it looks at the file before SQLite looks at its log.
                try database.checkpoint(.truncate)
                return version
            }
        }
    }
}
