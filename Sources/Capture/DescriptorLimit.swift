internal import Glibc

/// How many files and connections the process may have open.
package enum DescriptorLimit {
    /// Raises the limit as far as the system lets the process raise it.
    ///
    /// The usual one, 1024, is for programs that still use select(2), as systemd.exec(5) says of `LimitNOFILE=`; a connection
    /// for each of a thousand cameras takes more. Where it cannot be raised, requests beyond it fail as such.
    package static func raise() {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(resource, &limit)
    }

    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
}
