import Archive
import Budget
import Capture
import Care
import Deduplication
import Gallery
import Monitoring
import Testing
import Vocabulary

@testable import Settings

@Suite struct `A configuration` {
    private func parse(_ text: String) throws(ConfigurationError) -> JobConfiguration {
        try ConfigurationFile.parse(text, file: "/etc/printlapse/config.yaml")
    }

    @Test func `names cameras, with common settings that each can change`() throws {
        let configuration = try parse(
            """
            interval: 30s
            cap_stop: 250MB
            near_duplicates: drop
            longest_gap: 5m
            cameras:
              - name: Prusa MK4
                endpoint_file: mk4.tunnel
              - name: garage
                url: http://192.168.1.7/webcam/?action=snapshot
                interval: 5s
                near_duplicates: keep
              - name: loft
                endpoint_variable: LOFT_TUNNEL
                cap_stop: off
            """)
        #expect(configuration.cameras.map(\.name.text) == ["Prusa MK4", "garage", "loft"])
        #expect(
            configuration.cameras.map(\.address) == [
                .endpointFile("/etc/printlapse/mk4.tunnel"), .url("http://192.168.1.7/webcam/?action=snapshot"),
                .endpointVariable("LOFT_TUNNEL"),
            ])
        #expect(configuration.cameras.map(\.policy.interval) == [.seconds(30), .seconds(5), .seconds(30)])
        #expect(
            configuration.cameras.map(\.policy.capStop) == [
                .bytes(ByteCount(250_000_000)), .bytes(ByteCount(250_000_000)), .off,
            ])
        #expect(
            configuration.cameras.map(\.policy.nearDuplicates) == [
                .drop(longestGap: .seconds(300)), .keep, .drop(longestGap: .seconds(300)),
            ])
    }

    @Test func `serves a gallery, by what the command that does has as options`() throws {
        let camera = "cameras:\n  - name: a\n    url: http://x/\n"
        #expect(try parse(camera).gallery == nil)
        #expect(try parse("gallery: 9000\n" + camera).gallery?.rules.address.port == 9000)
        let rules = try #require(
            try parse(
                """
                gallery:
                  listen: 0.0.0.0:8080
                  allow_changes: yes
                  password_file: secrets/gallery
                  behind_proxy: X-User
                  host: [workshop.local, farm.local]
                  certificate: /etc/ssl/a.pem
                  key: a.key
                  cache: 128MiB
                  timelapses: made

                """ + camera
            ).gallery
        ).rules
        #expect(rules.address == GalleryAddress(host: "0.0.0.0", port: 8080))
        #expect(rules.allowsChanges)
        #expect(rules.passwordFile == "/etc/printlapse/secrets/gallery")
        #expect(rules.proxyHeader == "X-User")
        #expect(rules.hosts == ["workshop.local", "farm.local"])
        #expect(rules.certificate == "/etc/ssl/a.pem" && rules.key == "/etc/printlapse/a.key")
        #expect(rules.cacheSize == ByteCount(128 << 20))
        #expect(rules.timelapsesFolder == "/etc/printlapse/made")
        #expect(try parse("gallery:\n  allow_changes: no\n" + camera).gallery?.rules == GalleryRules())
    }

    @Test(arguments: [
        ("gallery:", 1, "a value is missing"),
        ("gallery: x:y", 1, "x:y"),
        ("gallery:\n  allow_changes: maybe", 2, "maybe"),
        ("gallery:\n  cache: 1MiB\n  listen: nowhere at all", 3, "nowhere at all"),
        ("gallery:\n  cache: much", 2, "much"),
        ("gallery:\n  port: 80", 2, "port"),
        ("gallery:\n  listen: 80\n  key: a.key", 3, "without its certificate"),
        ("gallery:\n  certificate: a.pem", 2, "without its key"),
        ("gallery:\n  behind_proxy: X User", 2, "X User"),
    ])
    func `names the place where a gallery's setting is wrong`(text: String, line: Int, reason: String) throws {
        let error = try #require(throws: ConfigurationError.self) {
            try parse(text + "\ncameras:\n  - name: a\n    url: http://x/")
        }
        #expect(error.place?.line == line, "\(error)")
        #expect(error.description.contains(reason), "\(error)")
        #expect(!error.hint.isEmpty)
    }

    @Test func `gives slow cameras time, and old ones their TLS`() throws {
        let configuration = try parse(
            """
            picture_deadline: 20s
            cameras:
              - name: garage
                url: https://192.168.1.7/snap.jpg
                old_tls: yes
                picture_deadline: 45s
              - name: loft
                url: https://192.168.1.8/snap.jpg
            """)
        #expect(configuration.cameras.map(\.policy.pictureDeadline) == [.seconds(45), .seconds(20)])
        #expect(configuration.cameras.map(\.allowsOldTLS) == [true, false])
    }

    @Test(arguments: [
        ("cameras:\n  - name: a\n    endpoint_file: b\n    old_tls: yes", 4, "old_tls"),
        ("picture_deadline: 2h\ncameras:\n  - name: a\n    url: http://x/", 1, "deadline"),
        ("cameras:\n  - name: a\n    url: http://x/\n    intervall: 5s", 4, "intervall"),
        ("interval: soon\ncameras:\n  - name: a\n    url: http://x/", 1, "soon"),
        ("cameras:\n  - name: ../x\n    url: http://x/", 2, "../x"),
        ("cameras:\n  - name: a\n    endpoint_file:", 3, "a value is missing"),
        ("cameras:\n  - name: a\n    url: http://x/\n    endpoint_file: b", 2, "more than one address"),
        ("cameras:\n  - name: a\n    url: http://x/\n  - name: a\n    url: http://y/", 4, "two cameras"),
        ("cameras: []", 1, "cameras"),
        ("cameras:\n  - name: a\n   url: http://x/", 3, "not YAML"),
        ("cameras:\n  - url: http://x/", 2, "no “name”"),
        ("near_duplicates: maybe\ncameras:\n  - name: a\n    url: http://x/", 1, "maybe"),
        ("interval: 1ms\ncameras:\n  - name: a\n    url: http://x/", 1, "too short"),
        ("just text", 1, "the configuration"),
    ])
    func `is refused with the place and the reason`(text: String, line: Int, reason: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try parse(text) }
        #expect(error.place?.line == line, "\(error)")
        #expect(error.description.contains(reason), "\(error)")
        #expect(error.description.hasPrefix("/etc/printlapse/config.yaml:\(line):"))
        #expect(!error.hint.isEmpty)
    }

    @Test func `plans the allowance, chooses pictures and times, and tells events`() throws {
        let configuration = try parse(
            """
            pace: yes
            source: auto
            live_share: 25%
            metrics: 9464
            on_event:
              - command: [notify-send, Printlapse]
                events: [cap_met, camera_stopped]
              - webhook: https://hooks.example.org/T0/B1
            cameras:
              - name: a
                account: mine
                octoprint_key_file: a.key
                when: printing
                pre_roll: 0s
              - name: b
                pace: no
                source: live
                prediction: yes
              - name: c
                reserve: 50MB
                source: webcam
            """)
        let (a, b, c) = (configuration.cameras[0], configuration.cameras[1], configuration.cameras[2])
        #expect(configuration.cameras.map(\.pictures) == [.both(liveShare: 0.25), .live, .announced])
        #expect(configuration.cameras.map(\.policy.isPaced) == [true, false, true])
        // The standard reserve goes with the pace.
        #expect(
            configuration.cameras.map(\.policy.ownersReserve) == [
                .fraction(0.2), .none, .bytes(ByteCount(50_000_000)),
            ])
        #expect(a.policy.account == "mine")
        #expect(a.octoPrintKeyFile == "/etc/printlapse/a.key")
        #expect(a.policy.time == .whilePrinting(preRoll: .zero, postRoll: .seconds(60)))
        #expect(b.policy.keepsPredictions)
        #expect(c.policy.time == .always)
        #expect(configuration.metrics?.port == 9464)
        #expect(configuration.eventHandlers.map(\.events) == [[.capMet, .cameraStopped], Set(AlertKind.allCases)])
        #expect(configuration.eventHandlers.first?.kind == .command(["notify-send", "Printlapse"]))
    }

    @Test(arguments: [
        ("on_event:\n  events: [cap_met]\ncameras:\n  - name: a", 2, "command"),
        ("on_event:\n  command: x\n  events: [cap_mett]\ncameras:\n  - name: a", 3, "cap_mett"),
        ("on_event:\n  webhook: ftp://x/\ncameras:\n  - name: a", 2, "scheme"),
        ("metrics: here\ncameras:\n  - name: a", 1, "here"),
        ("cameras:\n  - name: a\n    live_share: 120%", 3, "120%"),
        ("cameras:\n  - name: a\n    when: sometimes", 3, "sometimes"),
        ("cameras:\n  - name: a\n    reserve: much", 3, "much"),
        ("cameras:\n  - name: a\n    source: film", 3, "film"),
        ("cameras:\n  - name: a\n    pace: maybe", 3, "maybe"),
    ])
    func `is refused where a plan does not fit`(text: String, line: Int, reason: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try parse(text) }
        #expect(error.place?.line == line, "\(error)")
        #expect(error.description.contains(reason), "\(error)")
    }

    @Test func `says where captures pause for want of room, and what is kept`() throws {
        let configuration = try parse(
            """
            min_free: 1GB
            max_size: 30GB
            retention:
              max_age: 2y
              max_size: 20GB
              min_free: 5GB
              keep: [all for 7d, 1m for 30d, "1h:1y"]
            cameras:
              - name: a
            """)
        #expect(
            configuration.room
                == RoomRules(minimumFree: ByteCount(1_000_000_000), maximumSize: ByteCount(30_000_000_000)))
        let retention = try #require(configuration.retention)
        #expect(retention.maximumAge == .seconds(730 * 86_400))
        #expect(retention.maximumSize == ByteCount(20_000_000_000))
        #expect(retention.minimumFree == ByteCount(5_000_000_000))
        #expect(retention.tiers.map(\.spacing) == [nil, .seconds(60), .seconds(3600)])
        #expect(try parse("cameras:\n  - name: a").room == RoomRules())
        #expect(try parse("cameras:\n  - name: a").retention == nil)
    }

    @Test(arguments: [
        ("min_free: some\ncameras:\n  - name: a", 1, "some"),
        ("retention: 20GB\ncameras:\n  - name: a", 1, "retention"),
        ("retention:\n  max_ages: 2y\ncameras:\n  - name: a", 2, "max_ages"),
        ("retention:\n  max_age: old\ncameras:\n  - name: a", 2, "old"),
        ("retention:\n  keep:\n    - all for 7d\n    - most for 9d\ncameras:\n  - name: a", 4, "most for 9d"),
        ("retention:\n  keep: [1h for 7d, 1m for 9d]\ncameras:\n  - name: a", 2, "cannot follow"),
        ("retention:\n  max_age: 0d\ncameras:\n  - name: a", 2, "as soon as"),
    ])
    func `is refused where room is said wrongly`(text: String, line: Int, reason: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try parse(text) }
        #expect(error.place?.line == line, "\(error)")
        #expect(error.description.contains(reason), "\(error)")
    }

    @Test func `needs to say no source for a camera whose tunnel was authorized here`() throws {
        let configuration = try parse("cameras:\n  - name: a\n    interval: 5s\n  - name: b")
        #expect(configuration.cameras.map(\.address) == [.authorized, .authorized])
        #expect(configuration.cameras.map(\.policy.interval) == [.seconds(5), .seconds(10)])
    }

    @Test func `is refused where the file is empty or missing`() {
        #expect(throws: ConfigurationError.self) { try parse("") }
        #expect(throws: ConfigurationError.self) { try ConfigurationFile.read(at: "/nonexistent/config.yaml") }
    }
}
