import Settings
import Stores
import Testing
import Vocabulary

@Suite struct `What a configuration says of older pictures` {
    private func parse(_ lines: String) throws -> JobConfiguration.Offloading {
        try #require(
            try ConfigurationFile.parse("cameras: [{name: a}]\noffload:\n" + lines, file: "/etc/printlapse/config.yaml")
                .offloading)
    }

    @Test func `is where they go, and which`() throws {
        let bucket = try parse("  {to: 's3://pictures/farm?endpoint=http://127.0.0.1:8080', older_than: 30d}")
        #expect(bucket.location.description == "s3://pictures/farm?endpoint=http://127.0.0.1:8080")
        #expect(bucket.olderThan == .seconds(30 * 86_400) && bucket.keepFree == nil)
        #expect(bucket.bandwidth == nil && !bucket.cleans)
        // As other paths it counts from the file.
        let folder = try parse("  {to: packs, keep_free: 5GB, bandwidth: 500kB, clean: yes}")
        #expect(folder.location.description == "/etc/printlapse/packs")
        #expect(folder.keepFree == ByteCount(5_000_000_000) && folder.bandwidth == ByteCount(500_000) && folder.cleans)
    }

    @Test(arguments: [
        ("  {older_than: 30d}", "where older pictures go"),
        ("  {to: /mnt/nas}", "which pictures go"),
        ("  {to: 'ftp://nas', older_than: 1d}", "scheme"),
        ("  {to: /mnt/nas, older_than: 1d, bandwidth: 10B}", "1kB"),
        ("  {to: /mnt/nas, older: 1d}", "no setting of offload"),
    ])
    func `is refused by its place where it does not fit`(lines: String, words: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try parse(lines) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        #expect(error?.place?.line == 3)
    }
}
