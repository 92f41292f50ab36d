package import Vocabulary

extension ChangeSearch.Moment: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("at", \.at),
        Field("frame", \.frame),
        Field("before_frame", \.beforeFrame),
        Field("change", \.change),
    ]
}

extension ChangeSearch.Result: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("frames", \.frames),
        Field("moments", \.moments),
        Field("for_good", \.forGood),
    ]
}
