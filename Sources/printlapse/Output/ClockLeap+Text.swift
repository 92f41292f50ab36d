import Capture
import Vocabulary

extension ClockLeap {
    /// What happened, for a person.
    var sentence: String {
        let way = shift > .zero ? "forward" : "back"
        let size = (shift > .zero ? shift : .zero - shift).shortText
        return
            "The clock was set \(way) by \(size), to \(after.localText); times go by it from now on. See “printlapse times”."
    }
}
