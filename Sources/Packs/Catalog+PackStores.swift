internal import Archive
package import Catalog
internal import GRDB

extension Catalog {
    /// The stores that packs were written to, and how many packs are in each.
    ///
    /// - Throws: `ArchiveError`
    package func packStores() async throws -> [String: Int] {
        do {
            return try await pool.read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT location, (SELECT count(*) FROM pack WHERE store_id = pack_store.id) FROM pack_store
                        """
                ).reduce(into: [:]) { stores, row in stores[try row.value(at: 0)] = try row.count(at: 1) }
            }
        } catch {
            throw ArchiveError(error, path: path)
        }
    }
}
