import Testing

@testable import HTTP

@Suite struct `A host` {
    @Test(arguments: ["2130706433", "127.1", "0177.0.0.1", "0x7f000001", "1.2.3.4.5", "256.1.1.1", "1.2.3.04"])
    func `that is a number in disguise is refused`(text: String) {
        #expect(throws: AddressProblem.numericHost) { try Host(parsing: text) }
    }

    @Test(arguments: [
        "a..b", ".a", "a.", "-a", "a-", "a%2Fb", "ä.org", "a b", "[::1", "[::1%25eth0]", "[127.0.0.1]", "a/b",
    ])
    func `that is neither name nor address is refused`(text: String) {
        #expect(throws: AddressProblem.badHost) { try Host(parsing: text) }
    }

    @Test(arguments: [
        ("localhost", NetworkReach.loopback), ("a.localhost", .loopback), ("127.200.0.1", .loopback),
        ("0.0.0.0", .loopback),
        ("[::1]", .loopback), ("[::]", .loopback), ("[::ffff:127.0.0.1]", .loopback), ("[64:ff9b::7f00:1]", .loopback),
        ("10.0.0.1", .local), ("172.16.0.1", .local), ("172.31.255.255", .local), ("192.168.0.1", .local),
        ("169.254.169.254", .local), ("100.64.0.1", .local), ("[fe80::1]", .local), ("[fd00::1]", .local),
        ("[::ffff:10.0.0.1]", .local), ("[::ffff:0:10.0.0.1]", .local), ("[2002:c0a8:105::1]", .local),
        ("[2002:7f00:1::]", .loopback), ("[2002:808:808::1]", .anywhere), ("[64:ff9b::c0a8:105]", .local),
        ("[64:ff9b::808:808]", .anywhere), ("[64:ff9b:1::808:808]", .local), ("[2001:0:1:2:3:4:3f57:fefa]", .local),
        ("[fe80::5efe:7f00:1]", .loopback), ("[2001:db8::5efe:c0a8:105]", .local), ("[::10.0.0.1]", .local),
        ("[2001:db8::1:1]", .anywhere), ("[::2]", .loopback), ("[::1:0]", .loopback),
        // How a name sounds tells nothing: it is looked up.
        ("printer", .anywhere), ("octopi.local", .anywhere), ("a.home.arpa", .anywhere),
        ("172.32.0.1", .anywhere), ("100.128.0.1", .anywhere), ("8.8.8.8", .anywhere), ("[2001:db8::1]", .anywhere),
        ("example.org", .anywhere), ("10.example.org", .anywhere), ("224.0.0.1", .nowhere),
        ("255.255.255.255", .nowhere),
        ("[ff02::1]", .nowhere),
    ])
    func `tells where it leads`(text: String, reach: NetworkReach) throws {
        #expect(try Host(parsing: text).reach == reach)
    }
}
