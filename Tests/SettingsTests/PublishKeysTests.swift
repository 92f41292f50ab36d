import Settings
import Stores
import Testing
import Vocabulary

@Suite struct `What a configuration says of a hub` {
    private func parse(_ lines: String) throws -> JobConfiguration.Publishing {
        try #require(
            try ConfigurationFile.parse("cameras: [{name: a}]\n" + lines, file: "/etc/printlapse/config.yaml")
                .publishing)
    }

    @Test func `is where it is told, as whom, and how often`() throws {
        let bucket = try parse("publish: {to: 's3://farm/catalog', name: 'hall 2, rack 7', every: 10s}")
        #expect(bucket.location.description == "s3://farm/catalog")
        #expect(bucket.name?.text == "hall 2, rack 7" && bucket.interval == .seconds(10))
        // As other paths it counts from the file.
        let folder = try parse("publish: {to: farm}")
        #expect(folder.location.description == "/etc/printlapse/farm")
        #expect(folder.name == nil && folder.interval == .seconds(60))
    }

    /// Wherever it stands in the file.
    @Test(arguments: ["publish:\n", "publish: {name: rack}\n"])
    func `is the place of older pictures where no other is named`(lines: String) throws {
        let offload = "offload: {to: /mnt/nas/farm, older_than: 2d}\n"
        #expect(try parse(lines + offload).location.description == "/mnt/nas/farm")
        #expect(try parse(offload + lines).location.description == "/mnt/nas/farm")
        #expect(try parse(offload + "publish: {to: /mnt/other}").location.description == "/mnt/other")
    }

    @Test(arguments: [
        ("publish:", "where a hub is told"), ("publish: {name: rack}", "where a hub is told"),
        ("publish: {to: 'ftp://nas'}", "scheme"), ("publish: {to: /mnt/nas, every: 10ms}", "less than a second"),
        ("publish: {to: /mnt/nas, name: a/b}", "cannot name a machine"),
        ("publish: {to: /mnt/nas, as: rack}", "no setting of publish"),
    ])
    func `is refused by its place where it does not fit`(lines: String, words: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try parse(lines) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        #expect(error?.place?.line == 2)
    }
}
