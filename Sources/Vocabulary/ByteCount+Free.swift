internal import Glibc

extension ByteCount {
    /// What this user may still write to the disk that a file or a folder lies on; without bound where its file system does
    /// not say, as some on a network do not.
    ///
    /// - Returns: `nil`, with the reason in `errno`, where the file system cannot be asked.
    package static func free(besides path: String) -> ByteCount? {
        var system = statvfs()
        return statvfs(path, &system) == 0 ? ByteCount(freeIn: system) : nil
    }

    /// The same of an open file or folder.
    package static func free(besides descriptor: CInt) -> ByteCount? {
        var system = statvfs()
        return fstatvfs(descriptor, &system) == 0 ? ByteCount(freeIn: system) : nil
    }

    init(freeIn system: statvfs) {
        guard system.f_blocks > 0 else {
            self.init(Int64.max)
            return
        }
        let (bytes, overflow) = UInt64(system.f_bavail).multipliedReportingOverflow(by: UInt64(system.f_frsize))
        self.init(overflow ? Int64.max : Int64(clamping: bytes))
    }
}
