import Archive
import Capture
import Catalog
import FoundationEssentials
import Monitoring
import Packs
import Settings
import Stores
import Vocabulary

/// What `doctor` says of the stores in which older pictures are, or are to be, of that in which a hub is told, and of those from which
/// machines are followed: whether each answers.
struct StoreCheckup: Sendable {
    let configured: JobConfiguration?
    let archive: String
    var environment = ProcessInfo.processInfo.environment
    var caFile: String?

    private static let (packs, hub, follow) = ("packs", "hub", "follow")

    private struct Known {
        var packs: [String: Int] = [:]
        var published: PublishedArchive?
        /// Why a hub cannot be told, while that is so.
        var trouble: LoggedAlert?
        /// Machines that are followed.
        var machines: [FollowedMachine] = []
    }

    func findings(at now: Timestamp) async -> [Finding] {
        let known: Known
        do {
            known = try await lookUp()
        } catch ArchiveError.notFound {
            // None is there yet, and another finding says so.
            known = Known()
        } catch {
            return [Finding(Self.packs, failure: error)]
        }
        var findings: [Finding] = []
        let location = configured?.offloading?.location.description
        for store in Set(known.packs.filter { $0.value > 0 }.keys).union([location].compactMap(\.self)).sorted() {
            findings.append(await finding(onPacksIn: store, known.packs[store]))
        }
        if let finding = await findingOnHub(known, at: now) { findings.append(finding) }
        for (store, machines) in Dictionary(grouping: known.machines, by: \.store).sorted(by: { $0.key < $1.key }) {
            findings += await self.findings(onMachinesIn: store, machines, at: now)
        }
        return findings
    }

    private func findings(onMachinesIn store: String, _ machines: [FollowedMachine], at now: Timestamp) async
        -> [Finding]
    {
        do {
            _ = try await answers(store, isNew: false)
        } catch {
            return [Finding(Self.follow, failure: error)]
        }
        let troubles = machines.map { $0.judged(at: now) }.troubles
        guard troubles.isEmpty else {
            return troubles.map { Finding(Self.follow, ok: false, $0.reason, hint: $0.hint) }
        }
        let looked = machines.map(\.lookedAt).min().map { ", looked at \((now - $0).wholeText) ago" } ?? ""
        return [
            Finding(Self.follow, "\(machines.count.counted("machine")) in \(store.printable), which answers\(looked)")
        ]
    }

    private func lookUp() async throws -> Known {
        let catalog = try Catalog.open(at: archive)
        defer { try? catalog.close() }
        var known = Known(packs: try await catalog.packStores(), published: try await catalog.publication())
        known.machines = try await catalog.followedMachines().filter { $0.retiredAt == nil }
        let kind = AlertKind(failing: .publish).rawValue
        guard configured?.publishing != nil,
            let alert = try await catalog.openAlerts().first(where: { $0.kind == kind }),
            known.published?.isSettled(since: alert.since, isCapturing: catalog.writer() != nil) != true
        else { return known }
        known.trouble = try await catalog.alertLog(limit: 1000).first { $0.alert.kind == kind }?.alert
        return known
    }

    private func finding(onPacksIn store: String, _ packs: Int?) async -> Finding {
        do {
            guard try await answers(store, isNew: packs == nil) else {
                return Finding(Self.packs, "\(store.printable) becomes a store with the first pack")
            }
            let count = packs.map { "\($0.counted("pack")) in \(store.printable), which answers" }
            return Finding(Self.packs, count ?? "\(store.printable) answers; nothing was moved there yet")
        } catch {
            return Finding(Self.packs, failure: error)
        }
    }

    private func findingOnHub(_ known: Known, at now: Timestamp) async -> Finding? {
        let configured = configured?.publishing?.location.description
        guard let store = configured ?? known.published?.store else { return nil }
        do {
            let isNew = known.published?.store != store && known.packs[store] == nil
            guard try await answers(store, isNew: isNew) else {
                return Finding(Self.hub, "\(store.printable) becomes a store with the first segment")
            }
        } catch {
            return Finding(Self.hub, failure: error)
        }
        // The store answers, and yet it does not go on, as where another archive publishes as this machine.
        if let trouble = known.trouble { return Finding(Self.hub, ok: false, trouble.message, hint: trouble.hint) }
        guard let published = known.published, published.store == store else {
            return Finding(Self.hub, "\(store.printable) answers; nothing was published there yet")
        }
        let byHand = configured == nil ? "; by hand, as no “publish:” is in the configuration" : ""
        return Finding(Self.hub, "\(published.sentence(at: now)), which answers\(byHand)")
    }

    /// - Returns: whether it is a store already; where it is to become one, it need not be.
    private func answers(_ text: String, isNew: Bool) async throws -> Bool {
        let store = try StoreLocation(text).open(in: environment, trusting: caFile)
        do throws(StoreError) {
            if let name = ObjectName(rawValue: "doctor") { _ = try await store.size(of: name) }
            return true
        } catch .notPrepared where isNew {
            return false
        }
    }
}

extension PublishedArchive {
    /// How far it is told, and where.
    func sentence(at now: Timestamp) -> String {
        let time = publishedAt.map { ", \((now - $0).wholeText) ago," } ?? ""
        return "“\(name.printable)” told up to segment \(segment.grouped)\(time) at \(store.printable)"
    }
}
