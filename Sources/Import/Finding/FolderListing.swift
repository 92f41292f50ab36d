internal import Foundation

/// What is in a folder, by the names' bytes.
struct FolderListing {
    /// In the order of their bytes, without `.` and `..`.
    let names: [[UInt8]]

    /// - Throws: `unreadable` with what the system says.
    init(_ folder: RawPath) throws(ZipProblem) {
        guard let stream = folder.withCString({ opendir($0) }) else {
            throw .unreadable("the folder cannot be listed: \(String(cString: strerror(errno)))")
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [UInt8(ascii: ".")], name != Array("..".utf8) { names.append(name) }
        }
        guard errno == 0 else {
            throw .unreadable("the folder cannot be listed to its end: \(String(cString: strerror(errno)))")
        }
        self.names = names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
