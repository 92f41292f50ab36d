import Testing
import Vocabulary

@testable import HTTP
@testable import Tunnel

@Suite struct `A snapshot URL` {
    private func origin(_ text: String) throws -> Origin { try TunnelEndpoint(parsing: "\(text)").origin }
    private func read(_ text: String, from tunnel: String = "https://u:p@abc.tunnels.example.org") throws -> SnapshotURL
    {
        try SnapshotURL(parsing: text, announcedBy: try origin(tunnel))
    }

    @Test(arguments: [("raw", PictureVariant.raw), ("tagged", .tagged)])
    func `of a printing picture tells printer, print and time`(folder: String, variant: PictureVariant) throws {
        let url = try read("https://app.example.org/media/tsd-pics/\(folder)/12/345/1700000000.jpg?digest=ab")
        #expect(url.variant == variant && url.isImmutable)
        #expect(url.printerNumber == 12)
        #expect(url.printNumber == 345)
        #expect(url.takenAt == Timestamp(milliseconds: 1_700_000_000_000))
    }

    @Test func `keeps a fraction of the second`() throws {
        let url = try read("https://app.example.org/raw/1/2/1700000000.25.jpg")
        #expect(url.takenAt == Timestamp(milliseconds: 1_700_000_000_250))
    }

    @Test func `of an idle printer may show another picture next time`() throws {
        let url = try read("https://app.example.org/media/tsd-pics/raw/12/latest_unrotated.jpg?digest=ab")
        #expect(url.variant == .latest)
        #expect(!url.isImmutable)
    }

    @Test(arguments: [
        "https://app.example.org/a.jpg", "https://app.example.org/raw/x/2/1700000000.jpg",
        "https://app.example.org/raw/1/2/now.jpg", "https://app.example.org/raw/1/99999999999999999999/1700000000.jpg",
        "https://app.example.org/", "https://app.example.org", "https://app.example.org/raw/1/2/1700000000",
    ])
    func `of another shape is opened and tells nothing`(text: String) throws {
        let url = try read(text)
        #expect(url.variant == nil && url.printNumber == nil && url.takenAt == nil)
        #expect(!url.isImmutable)
    }

    @Test func `keeps its query byte for byte and out of every text`() throws {
        let query = "digest=Ab%2f%2F+~!$'()*,;:@/?&x=&&=%C3%A4"
        let url = try read("https://app.example.org/a//b/../c;d.jpg?\(query)")
        #expect(url.address.revealed == "https://app.example.org/a//b/../c;d.jpg?\(query)")
        #expect("\(url)" == "https://app.example.org/a//b/../c;d.jpg")
        var dumped = ""
        dump(url, to: &dumped)
        #expect(!dumped.contains("digest"))
    }

    @Test(arguments: [
        ("file:///etc/passwd", "snapshot_unsupported_scheme"),
        ("http+unix://%2Frun%2Fs/", "snapshot_unsupported_scheme"),
        ("/media/a.jpg", "snapshot_not_absolute"), ("//example.org/a.jpg", "snapshot_not_absolute"),
        ("https://user@example.org/a.jpg", "snapshot_userinfo_not_allowed"),
        ("https://abc.tunnels.example.org@evil.org/", "snapshot_userinfo_not_allowed"),
        ("https://example.org%2Fevil.org/a.jpg", "snapshot_bad_host"),
        ("http://2130706433/a.jpg", "snapshot_numeric_host"),
        ("http://0x7f.0.0.1/a.jpg", "snapshot_numeric_host"), ("http://224.0.0.251/a.jpg", "snapshot_nowhere"),
        ("https://example.org/a b.jpg", "snapshot_bad_character"),
        ("https://example.org/a\r\nX: y", "snapshot_bad_character"),
        ("https://example.org/?a=%zz", "snapshot_bad_character"),
        ("https://example.org/?a=%4", "snapshot_bad_character"),
        ("https://example.org/" + String(repeating: "a", count: 9000), "snapshot_too_long"),
        ("http://localhost:3334/a.jpg", "snapshot_on_loopback"),
        ("http://127.0.0.1:3334/a.jpg", "snapshot_on_loopback"),
        ("http://[::1]/a.jpg", "snapshot_on_loopback"), ("http://[::ffff:7f00:1]/a.jpg", "snapshot_on_loopback"),
        ("http://10.1.2.3/a.jpg", "snapshot_on_private_network"),
        ("http://169.254.169.254/latest/meta-data", "snapshot_on_private_network"),
        ("http://[fe80::1]/a.jpg", "snapshot_on_private_network"),
    ])
    func `that must not be opened is refused with the reason`(text: String, label: String) async {
        let error = await tunnelError { try read(text, from: "https://u:p@93.184.216.34") }
        #expect(error?.label == label)
    }

    @Test(arguments: [
        ("http://u:p@192.168.1.5:9000", "http://192.168.1.5:3334/a.jpg"),
        ("http://u:p@192.168.1.5:9000", "http://10.0.0.7/a.jpg"),
        ("http://u:p@obico.local:9000", "http://192.168.1.5:3334/a.jpg"),
        ("http://u:p@127.0.0.1:1", "http://localhost:2/a.jpg"),
        ("http://u:p@localhost:1", "http://192.168.1.5/a.jpg"),
        ("http://u:p@192.168.1.5:9000", "https://example.org/a.jpg"),
        // What these names stand for decides, when they are connected to.
        ("https://u:p@tunnel.example.org", "http://192.168.1.5/a.jpg"),
        ("https://u:p@93.184.216.34", "http://router/a.jpg"),
    ])
    func `on a network of one's own is opened where the tunnel is on one too`(tunnel: String, text: String) throws {
        _ = try read(text, from: tunnel)
    }

    @Test func `at localhost of a server elsewhere says what its administrator must mend`() async {
        let error = await tunnelError {
            try read("http://localhost:3334/a.jpg?digest=canary", from: "http://u:p@192.168.1.5:9000")
        }
        #expect(error == .http(.announcedOnLoopback(host: (try? Host(parsing: "localhost"))!)))
        #expect(error?.hint.contains("site's domain") == true)
        #expect(error?.disposition == .askUser)
    }
}
