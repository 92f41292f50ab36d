import Archive
import Catalog
import FoundationEssentials
import Packs
import Settings
import Stores
import Vocabulary

/// What `doctor` says of the stores in which older pictures are, or are to be: whether each answers.
struct OffloadCheckup: Sendable {
    let configured: JobConfiguration.Offloading?
    let archive: String
    var environment = ProcessInfo.processInfo.environment
    var caFile: String?

    private static let subject = "packs"

    func findings() async -> [Finding] {
        var known: [String: Int] = [:]
        do {
            let catalog = try Catalog.open(at: archive)
            known = try await catalog.packStores()
            try catalog.close()
        } catch ArchiveError.notFound {
            // None is there yet, and another finding says so.
        } catch {
            return [Finding(Self.subject, failure: error)]
        }
        var findings: [Finding] = []
        let location = configured?.location.description
        for store in Set(known.keys).union([location].compactMap(\.self)).sorted() {
            findings.append(await finding(on: store, packs: known[store]))
        }
        return findings
    }

    private func finding(on text: String, packs: Int?) async -> Finding {
        do {
            let location = try StoreLocation(text)
            let store = try location.open(in: environment, trusting: caFile)
            let name = ObjectName(rawValue: "doctor")
            do throws(StoreError) {
                if let name { _ = try await store.size(of: name) }
            } catch .notPrepared where packs == nil {
                return Finding(Self.subject, "\(text.printable) becomes a store with the first pack")
            }
            let count = packs.map { "\($0.counted("pack")) in \(text.printable), which answers" }
            return Finding(Self.subject, count ?? "\(text.printable) answers; nothing was moved there yet")
        } catch {
            return Finding(Self.subject, failure: error)
        }
    }
}
