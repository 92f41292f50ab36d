import TestSupport
import Testing
import Validation
import Vocabulary

/// What a picture is suspected of whose lowest rows of pixels are grey.
private func suspicion(greyRows: Int, of height: Int = 240, _ encoding: TestEncoding = .baseline) throws -> Suspicion? {
    var scene = TestScene(width: 320, height: height)
    scene.greyRows = greyRows
    return try FrameValidator().validate(encoding.encode(scene).snapshot()).suspicion
}

@Suite struct `A picture with a flat grey foot` {
    @Test(arguments: [TestEncoding.baseline, .progressive, .grey])
    func `is kept and suspected`(encoding: TestEncoding) throws {
        let suspicion = try #require(try suspicion(greyRows: 120, encoding))
        #expect(suspicion.kind == .greyFoot)
        #expect(suspicion.place == "the lowest 15 of 30 rows of blocks are one grey")
    }

    @Test func `is told from one whose last rows happen to be grey`() throws {
        #expect(try suspicion(greyRows: 0) == nil)
        #expect(try suspicion(greyRows: 16) == nil)
        #expect(try suspicion(greyRows: 24) != nil)
    }
}
