import Catalog
import Testing
import Vocabulary

@Suite struct `A cursor` {
    @Test(arguments: [nil, 0, 37, 255])
    func `is read as it was written`(rank: Int?) {
        let cursor = FrameCursor(rank: rank, capturedAt: .start + .milliseconds(250), id: FrameID(123))
        #expect(FrameCursor("\(cursor)") == cursor)
    }

    @Test func `is made of what lists show of a frame`() {
        #expect("\(FrameCursor(capturedAt: .start, id: FrameID(7)))" == "2027-01-15T08:00:00.000Z/7")
        #expect("\(FrameCursor(rank: 4, capturedAt: .start, id: FrameID(7)))" == "4/2027-01-15T08:00:00.000Z/7")
    }

    @Test(arguments: [
        "", "7", "/7", "2027-01-15T08:00:00.000Z", "2027-01-15T08:00:00.000Z/", "2027-01-15T08:00:00.000Z/0",
        "2027-01-15T08:00:00.000Z/-1", "x/2027-01-15T08:00:00.000Z/7", "/2027-01-15T08:00:00.000Z/7",
        "2027-01-15/7", "2h/7", "1/2/2027-01-15T08:00:00.000Z/7", "2027-01-15T08:00:00.000Z/7 ",
    ])
    func `is no other text`(text: String) {
        #expect(FrameCursor(text) == nil)
    }
}
