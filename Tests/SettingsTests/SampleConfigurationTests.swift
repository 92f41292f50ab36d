import Capture
import Care
import Foundation
import Gallery
import Monitoring
import Settings
import Stores
import Testing
import Vocabulary

@Suite struct `The sample configuration` {
    private let text: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        text = try String(contentsOf: root.appending(path: "Samples/config.yaml"), encoding: .utf8)
    }

    /// With the settings that stand in comments, too.
    private var whole: String {
        let names: Set = [
            "reserve", "pre_roll", "post_roll", "picture_deadline", "max_size", "retention", "on_event", "metrics",
            "gallery", "timelapses", "offload", "publish",
        ]
        var isInside = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let isSetting = line.hasPrefix("# ") && names.contains(String(line.dropFirst(2).prefix { $0 != ":" }))
            isInside = isSetting || isInside && line.hasPrefix("#   ")
            return isInside ? String(line.dropFirst(2)) : String(line)
        }.joined(separator: "\n")
    }

    @Test func `is one that the program takes`() throws {
        let configuration = try ConfigurationFile.parse(text, file: "config.yaml")
        #expect(configuration.cameras.count == 4)
    }

    @Test func `says what holds anyway, where it is not in a comment`() throws {
        let configuration = try ConfigurationFile.parse(text, file: "config.yaml")
        let first = try #require(configuration.cameras.first)
        #expect(first.policy == CapturePolicy() && first.pictures == .announced && first.address == .authorized)
        #expect(configuration.room == RoomRules())
        #expect(configuration.retention == nil && configuration.eventHandlers.isEmpty && configuration.metrics == nil)
        #expect(configuration.gallery == nil && configuration.timelapses.isEmpty)
    }

    @Test func `is one that the program takes with what stands in its comments, which names every event`() throws {
        let configuration = try ConfigurationFile.parse(whole, file: "config.yaml")
        let policy = try #require(configuration.cameras.first).policy
        #expect(policy.ownersReserve == CapturePolicy.standardPacedReserve)
        #expect(policy.pictureDeadline == .seconds(30))
        #expect(configuration.room.maximumSize == ByteCount(30_000_000_000))
        #expect(configuration.retention?.tiers.count == 3)
        let offloading = try #require(configuration.offloading)
        #expect(offloading.location.description == "/mnt/nas/printlapse" && offloading.cleans)
        #expect(offloading.olderThan == .seconds(30 * 86_400) && offloading.keepFree == ByteCount(20_000_000_000))
        #expect(offloading.bandwidth == ByteCount(2_000_000))
        let publishing = try #require(configuration.publishing)
        #expect(publishing.location == offloading.location && publishing.name?.text == "hall 2, rack 7")
        #expect(publishing.interval == .seconds(60))
        #expect(configuration.metrics?.description == "127.0.0.1:9464")
        let gallery = try #require(configuration.gallery).rules
        var standard = GalleryRules()
        (standard.passwordFile, standard.proxyHeader) = (gallery.passwordFile, "X-Forwarded-User")
        (standard.certificate, standard.key) = (gallery.certificate, gallery.key)
        (standard.hosts, standard.timelapsesFolder) = (["workshop.local"], gallery.timelapsesFolder)
        #expect(gallery == standard)
        for option in GalleryOption.allCases { #expect(whole.contains("\n  \(option.rawValue): "), "\(option)") }
        #expect(configuration.eventHandlers.count == 3)
        #expect(configuration.eventHandlers.last?.events == Set(AlertKind.allCases))
        for kind in AlertKind.allCases { #expect(whole.contains(kind.rawValue), "\(kind)") }
    }

    @Test func `names every key by which a camera's pictures are found`() {
        for key in AddressKey.allCases { #expect(text.contains("    \(key.rawValue): "), "\(key)") }
    }

    @Test func `tells when events are told, all of them`() {
        let prose = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { $0.drop { "# ".contains($0) } }
            .joined(separator: " ")
        #expect(prose.contains(AlertKind.occasions))
    }
}
