internal import Foundation
internal import GRDB
internal import Storage

/// Opens an archive that nobody writes to, such as a backup, without leaving a trace of it.
enum RestingArchive {
    private static func configuration(_ readers: Int) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = readers
        configuration.label = "resting archive"
        return configuration
    }

    static func queue(_ path: String) throws -> DatabaseQueue {
        try DatabaseQueue(path: name(of: path), configuration: configuration(1))
    }

    static func pool(_ path: String) throws -> DatabasePool {
        let readers = ProcessInfo.processInfo.activeProcessorCount + 1
        return try DatabasePool(path: name(of: path), configuration: configuration(readers))
    }

    /// Without a log beside it the file is all there is. Said to be immutable, it is read without the index of a log being
    /// made, so also where nothing can be made (https://www.sqlite.org/uri.html).
    private static func name(of path: String) -> String {
        var status = stat()
        guard stat(path + "-wal", &status) != 0 || status.st_size == 0,
            let encoded = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
        else { return path }
        return "file:\(encoded)?immutable=1"
    }
}
