package import GRDB
internal import Vocabulary

/// The open alerts, kept so that a restart tells nobody twice.
package enum AlertTable {
    package static func all(in database: Database) throws -> [OpenAlert] {
        try OpenAlert.all("SELECT kind, subject, since_at FROM alert ORDER BY since_at, kind, subject", in: database)
    }
}
