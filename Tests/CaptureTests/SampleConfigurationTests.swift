import Capture
import Foundation
import Testing

@Suite struct `The sample configuration` {
    @Test func `is one that the program takes`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let configuration = try ConfigurationFile.read(at: root.appending(path: "Samples/config.yaml").path)
        #expect(configuration.cameras.count == 4)
    }
}
