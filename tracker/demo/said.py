"""What invented families say and what staff write down of it; person-first, and in nobody's real words."""

WORDS = [
    "Came home from school last week and has slept most days since. Small bags in the laundry. Says it is nothing.",
    "Uses ketamine on weekends with friends, now during the week too. Pain when passing urine for two months.",
    "Missed work three times this month. We found the nasal spray bottle, it is not the one from the clinic.",
    "She says she can stop whenever she wants. Yesterday she could not find her way home from the bus.",
    "He wants help but will not leave his dog. Asked twice this week what a program is like.",
    "My sister and I both think it is time. He lost interest in his music, he used to play every day.",
    "Started after the surgery. The clinic stopped the prescription in spring, and it went on from somewhere else.",
    "We argue every evening. I do not want to argue any more, I want to know what to say.",
    "Drinks on top of it at night. I am afraid to go to sleep.",
    "She called me herself and asked me to find someone to talk to.",
    "Found him on the bathroom floor last month, he said he only felt far away from everything.",
    "Her hands shake in the morning and she is sweating. She says it is the flu.",
]
CALL_NOTES = [
    "Listened for a while. They asked what others do while they wait. We talked about sleep, food and one person to call at night.",
    "Talked through what to say and what not to say. Will try on Sunday after lunch, when the house is calm.",
    "They read the sheet about first conversations together. One question: what if he leaves the room. We went through it.",
    "Short call from the car. The appointment with the doctor is on Thursday; they will call after it.",
    "Asked for somebody who has been through it. We looked at two groups, one online and one near.",
    "Relieved that there is a date. Asked what may be brought and whether she can visit.",
    "A hard week. No blame on either side. They agreed to keep Tuesday evening free of the topic.",
    "He answered himself this time and stayed on the line for ten minutes. Said he is tired of it.",
    "They wanted to know what it costs. We looked at the insurance card together and wrote down three questions.",
    "The brother joined the call. He will drive when the day comes.",
    "Things are calmer at home since the two of them eat at the same table again.",
    "She wrote the letter and read it to me. It says what she misses, and that the door stays open.",
    "The doctor saw him about the bladder. He told the doctor what he takes, for the first time.",
    "They slept in turns this week. I asked who looks after them; the neighbor brings soup on Fridays.",
]
TEXTS = [
    "Running late, can we talk at 5 instead?",
    "Thank you for today. He ate with us.",
    "The papers came. I will read them tonight.",
    "Please call my cell, not the house.",
    "We are at the clinic, all well so far.",
]
NOTES = [
    "Asked the team about programs that take Medicaid within an hour's drive. Two to try.",
    "The family prefers afternoons. Morning shifts at the bakery.",
    "Looked up visiting days for them. Sundays, 1 to 4.",
    "Spoke with the evening group's host: newcomers are met at the door.",
]
MATTERS = [
    "Keeping the dog, and being back for her sister's wedding in June.",
    "Playing again. Sleeping through the night. Not losing the job at the print shop.",
    "That nobody shouts at home any more.",
    "Finishing the semester, even if it takes longer.",
    "To see his children on weekends.",
]
STEPS = {
    "call": ("Call {who} and ask how the week was", "Call {who} about the next visit", "Ask {who} whether the evening went as planned"),
    "text": ("Text {who} the group's address",),
    "send_packet": ("Mail packet to the {family} family",),
    "refer": ("Look for a second program for {person}",),
    "check_referral": ("Ask the program about a place for {person}",),
    "place": ("Find a group for {who} near home",),
    "check_in": ("Check in with {who}",),
    "meeting": ("Prepare the family meeting with {who}",),
    "decide": ("Decide with the supervisor how to go on",),
}
CLOSINGS = {
    "goals_met": "{person} finished the program and goes to a group each week. The family has our number.",
    "connected_ongoing_elsewhere": "{person} is with an outpatient counselor twice a week. {who} stays with the Tuesday group.",
    "family_self_supporting": "{who} feels able to go on without us. Knows the signs to watch for and whom to call at night.",
    "inquirer_withdrew": "{who} asked us to stop for now. No reason given. The door stays open.",
    "person_declined_all_help": "{person} knows what is on offer and does not want it now. {who} keeps the sheet on first conversations.",
    "unable_to_reach": "Three tries on different days and hours, nobody reached. A neutral card is not wanted, so none was sent.",
    "transferred_to_other_org": "The county's family service took over and has met {who} already.",
    "moved": "The family moved away. {who} has the number of a service near the new home.",
    "not_our_service": "Looked for a tenant advice line, which we are not. Gave two numbers.",
}
