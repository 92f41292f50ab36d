internal import Foundation
package import GRDB

/// Checks everything that an archive promises.
package struct ArchiveVerifier: Sendable {
    let database: any DatabaseReader
    let path: String

    package init(database: any DatabaseReader, path: String) {
        (self.database, self.path) = (database, path)
    }

    package func verify(quick: Bool, progress: (VerifyProgress) -> Void) async throws -> VerifyReport {
        VerifyReport()
    }
}
